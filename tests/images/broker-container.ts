/** One broker of the real image, with hand-written files: what the image promises, and no more. */
import path from "node:path";
import type Dockerode from "dockerode";
import { tarArchive, type TarEntry } from "../../engine/drivers/docker/tar-archive.ts";
import { ensureBaseImage } from "../../cli/images/base-image.ts";
import { buildImage } from "../../engine/drivers/docker/image-build.ts";
import { brokerImageContext } from "../../images/context.ts";
import { recordingContext } from "../support/pulumi/driver-run.ts";

const ROOT = path.join(import.meta.dirname, "../..");
export const IMAGE = "kafka-platform/image-test:1";
const CLIENT_PORT = 22_092;
export const METRICS_PORT = 22_404;

export const PASSWORDS = {
  admin: "AdminPass4711abc",
  broker: "BrokerPass4711def",
  controller: "ControllerPass4711ghi",
} as const;

const DIR = "/etc/kafka-platform/secrets";
const SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

export const BROKER_PROPERTIES = `
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:9093
listeners=CLIENT://0.0.0.0:9092,INTERNAL://0.0.0.0:9094,CONTROLLER://127.0.0.1:9093
advertised.listeners=CLIENT://127.0.0.1:${String(CLIENT_PORT)},INTERNAL://127.0.0.1:9094
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,INTERNAL:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
inter.broker.listener.name=INTERNAL
controller.listener.names=CONTROLLER
config.providers=dir
config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256
listener.name.client.scram-sha-512.sasl.jaas.config=${SCRAM};
listener.name.client.scram-sha-256.sasl.jaas.config=${SCRAM};
listener.name.internal.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.internal.scram-sha-512.sasl.jaas.config=${SCRAM} username="broker" password="\${dir:${DIR}:broker-password}";
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${PLAIN} username="controller" password="\${dir:${DIR}:controller-password}" user_controller="\${dir:${DIR}:controller-password}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:broker;User:controller
log.dirs=/var/lib/kafka/data/log
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
auto.create.topics.enable=false
# So that a broker killed by a test comes back at once.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
`;

const clientProperties = (password: string): string =>
  "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\n" +
  `sasl.jaas.config=${SCRAM} username="admin" password="${password}";\n`;

export const SECRETS = {
  "broker-password": PASSWORDS.broker,
  "controller-password": PASSWORDS.controller,
  "health.properties": clientProperties(PASSWORDS.admin),
  "scram-users": [
    `SCRAM-SHA-512=[name=admin,iterations=8192,password=${PASSWORDS.admin}]`,
    `SCRAM-SHA-256=[name=admin,iterations=8192,password=${PASSWORDS.admin}]`,
    `SCRAM-SHA-512=[name=broker,iterations=8192,password=${PASSWORDS.broker}]`,
  ].join("\n"),
} as const;

export const wrongHealthPassword = { "health.properties": clientProperties("NotThePassword") };

/** Builds the base image where it is missing, then the broker image, as a stack in Docker does. */
export async function buildTestImage(docker: Dockerode): Promise<void> {
  const { baseImage, agentImage } = await ensureBaseImage({
    docker,
    report: () => undefined,
    cacheDir: path.join(ROOT, ".kafka-platform/cache"),
  });
  const build = {
    context: brokerImageContext().context,
    buildArgs: { BASE_IMAGE: baseImage, AGENT_IMAGE: agentImage },
  };
  await buildImage(docker, IMAGE, build, { ...recordingContext(), projectDir: ROOT });
}

export interface BrokerOptions {
  readonly name: string;
  readonly env?: readonly string[];
  readonly properties?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A container made but not started, its root file system read-only, on the volumes of its name. */
export async function createBroker(
  docker: Dockerode,
  { name, env = [], properties = BROKER_PROPERTIES, secrets = {} }: BrokerOptions,
): Promise<Dockerode.Container> {
  const container = await docker.createContainer({
    name,
    Image: IMAGE,
    Env: ["QUORUM_MODE=standalone", "KAFKA_HEAP_OPTS=-Xms256m -Xmx256m", ...env],
    // Nanoseconds; zero would mean the image's own value.
    Healthcheck: { Interval: 1e9, Timeout: 20e9, Retries: 2, StartPeriod: 1e6 },
    HostConfig: {
      ReadonlyRootfs: true,
      Tmpfs: { "/tmp": "rw,exec,nosuid,nodev" },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Binds: [`${name}-data:/var/lib/kafka/data`, `${name}-config:/etc/kafka-platform`],
      PortBindings: {
        "9092/tcp": [{ HostIp: "127.0.0.1", HostPort: String(CLIENT_PORT) }],
        "9404/tcp": [{ HostIp: "127.0.0.1", HostPort: String(METRICS_PORT) }],
      },
    },
  });
  const entry = (file: string, content: string, mode: number): TarEntry => ({
    path: file,
    mode,
    body: { content: Buffer.from(content) },
  });
  await container.putArchive(
    tarArchive([
      entry("broker.properties", properties, 0o444),
      { path: "secrets", mode: 0o755, body: { directory: true } },
      ...Object.entries({ ...SECRETS, ...secrets }).map(([file, content]) =>
        entry(`secrets/${file}`, content, 0o440),
      ),
    ]),
    { path: "/etc/kafka-platform" },
  );
  return container;
}

const gone = (error: unknown): void => {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error;
};

/** Removes the container if it is there, and keeps its volumes. */
export async function removeContainer(docker: Dockerode, name: string): Promise<void> {
  await docker.getContainer(name).remove({ force: true, v: true }).catch(gone);
}

/** Removes the container and its volumes, whatever state they are in. */
export async function removeBroker(docker: Dockerode, name: string): Promise<void> {
  await removeContainer(docker, name);
  for (const kind of ["data", "config"]) {
    await docker.getVolume(`${name}-${kind}`).remove().catch(gone);
  }
}
