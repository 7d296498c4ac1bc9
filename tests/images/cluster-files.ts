/** What a node of a cluster finds in its container: hand-written, as the image promises to read it. */
import type { TarEntry } from "../../engine/drivers/docker/tar-archive.ts";
import type { TestAuthority } from "../support/certificates.ts";

export const CLUSTER_ID = "kfkPlatformTestClust03";
export const NODES = [0, 1, 2] as const;
export type Node = (typeof NODES)[number];

/** As a headless Service would name the pods. */
export const HEADLESS = "kafka-headless.test.svc.cluster.local";
export const hostOf = (node: Node): string => `kafka-${node}.${HEADLESS}`;

export const PEERS = NODES.map(hostOf).join(",");
export const INITIAL_CONTROLLERS = NODES.map(
  (node) => `${node}@${hostOf(node)}:9093:directoryId${"0".repeat(9)}${node}A`,
).join(",");

const PASSWORDS = {
  admin: "AdminPass4711abc",
  broker: "BrokerPass4711def",
  brokerB: "SecondBrokerPass4711",
  controller: "ControllerPass4711ghi",
  controllerB: "SecondControllerPass4711",
} as const;

const FOLDER = "/etc/kafka-platform";
const SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
const secret = (key: string): string => `\${dir:${FOLDER}/secrets:${key}}`;

const BROKER_PROPERTIES = `
process.roles=broker,controller
controller.quorum.bootstrap.servers=${NODES.map((node) => `${hostOf(node)}:9093`).join(",")}
controller.quorum.auto.join.enable=true
listeners=CLIENT://:9092,BROKER://:9091,CONTROLLER://:9093
listener.security.protocol.map=CLIENT:SASL_SSL,BROKER:SASL_SSL,CONTROLLER:SASL_SSL
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
config.providers=dir
config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
ssl.keystore.type=PEM
ssl.truststore.type=PEM
ssl.truststore.location=${FOLDER}/tls/ca.pem
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.client.scram-sha-512.sasl.jaas.config=${SCRAM};
listener.name.broker.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.controller.sasl.enabled.mechanisms=PLAIN
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:broker-a;User:broker-b;User:controller-a;User:controller-b
log.dirs=/var/lib/kafka/data/log
default.replication.factor=3
min.insync.replicas=2
auto.create.topics.enable=false
metadata.log.max.snapshot.interval.ms=10000
# The default, 128 MiB, is most of these small heaps.
log.cleaner.dedupe.buffer.size=4194304
`;

/** Either user of the two will do, for as long as both are there: this is how they rotate. */
const loginOf = (node: Node): "a" | "b" => (node === 1 ? "b" : "a");

const nodeProperties = (node: Node): string => `node.id=${node}
listener.name.broker.scram-sha-512.sasl.jaas.config=${SCRAM} username="broker-${loginOf(node)}" password="${secret("broker-password")}";
listener.name.controller.plain.sasl.jaas.config=${PLAIN} username="controller-${loginOf(node)}" password="${secret("controller-password")}" user_controller-a="${secret("controller-a")}" user_controller-b="${secret("controller-b")}";
advertised.listeners=CLIENT://${hostOf(node)}:9092,BROKER://${hostOf(node)}:9091
ssl.keystore.location=${FOLDER}/tls/broker-${node}.pem
`;

const CLIENT_PROPERTIES = `security.protocol=SASL_SSL
ssl.truststore.type=PEM
ssl.truststore.location=${FOLDER}/tls/ca.pem
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=${SCRAM} username="admin" password="${PASSWORDS.admin}";
`;

const scramUser = (name: string, password: string): string =>
  `SCRAM-SHA-512=[name=${name},iterations=4096,password=${password}]\n`;

export interface NodeState {
  /** Whether this node is told that the cluster has been formed. */
  readonly formed?: boolean;
  /** Instead of the right one. */
  readonly brokerPassword?: string;
}

/** The whole of /etc/kafka-platform on one node. */
export async function nodeFiles(
  authority: TestAuthority,
  node: Node,
  { formed = false, brokerPassword }: NodeState,
): Promise<TarEntry[]> {
  const keystore = await authority.keystore([hostOf(node)]);
  const [broker, controller] =
    loginOf(node) === "a"
      ? [PASSWORDS.broker, PASSWORDS.controller]
      : [PASSWORDS.brokerB, PASSWORDS.controllerB];
  const users =
    scramUser("admin", PASSWORDS.admin) +
    scramUser("broker-a", PASSWORDS.broker) +
    scramUser("broker-b", PASSWORDS.brokerB);
  return [
    file("broker.properties", BROKER_PROPERTIES),
    ...NODES.map((each) => file(`node-${each}.properties`, nodeProperties(each))),
    file("client.properties", CLIENT_PROPERTIES),
    ...["secrets", "tls", "cluster"].map(folder),
    file("secrets/scram-users", users),
    file("secrets/broker-password", brokerPassword ?? broker),
    file("secrets/controller-password", controller),
    file("secrets/controller-a", PASSWORDS.controller),
    file("secrets/controller-b", PASSWORDS.controllerB),
    file("tls/ca.pem", authority.certificate),
    file(`tls/broker-${node}.pem`, keystore),
    ...(formed ? [file("cluster/formed", "")] : []),
  ];
}

const file = (path: string, content: string): TarEntry => ({
  path,
  mode: 0o440,
  body: { content: Buffer.from(content) },
});

const folder = (path: string): TarEntry => ({ path, mode: 0o755, body: { directory: true } });
