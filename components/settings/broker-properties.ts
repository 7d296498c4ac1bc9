import type { Listener } from "./listeners.ts";
import { PLATFORM_ACCOUNTS, SUPER_USERS } from "./platform-accounts.ts";
import { BROKER_PASSWORD_FILE, CONTROLLER_PASSWORD_FILE, secretReference } from "./secret-files.ts";

/** A sub-directory of the volume: a `lost+found` in the root of a log directory stops the broker. */
export const LOG_DIRECTORY = "/var/lib/kafka/data/log";

/** Where the broker's volume is mounted. */
export const DATA_MOUNT = "/var/lib/kafka/data";

const SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
const PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

/**
 * `server.properties` of the only broker of a stack: broker and controller in one process, a dynamic
 * quorum of one. Contains no secret, only references to secret files.
 */
export function singleBrokerProperties(listeners: readonly Listener[]): Record<string, string> {
  const controller = named(listeners, "CONTROLLER");
  return {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.bootstrap.servers": `${controller.bind}:${String(controller.port)}`,
    "log.dirs": LOG_DIRECTORY,
    ...listenerProperties(listeners),
    ...securityProperties(),
    ...internalTopicProperties(),
    // Topics exist because they are declared; a typing error must not make one.
    "auto.create.topics.enable": "false",
    // With a recent snapshot a start replays little. It also guards a volume that was formatted
    // without the anchor account from losing credentials; the default is an hour.
    "metadata.log.max.snapshot.interval.ms": "10000",
    // The first rebalance waits this long for more members; one developer has no more.
    "group.initial.rebalance.delay.ms": "0",
  };
}

function listenerProperties(listeners: readonly Listener[]): Record<string, string> {
  const bound = listeners.map(({ name, bind, port }) => `${name}://${bind}:${String(port)}`);
  const advertised = listeners.flatMap(({ name, advertised }) =>
    advertised === undefined ? [] : [`${name}://${advertised}`],
  );
  return {
    listeners: bound.join(","),
    "advertised.listeners": advertised.join(","),
    "listener.security.protocol.map": listeners
      .map(({ name }) => `${name}:SASL_PLAINTEXT`)
      .join(","),
    "inter.broker.listener.name": "INTERNAL",
    "controller.listener.names": "CONTROLLER",
  };
}

function securityProperties(): Record<string, string> {
  const brokerLogin =
    `${SCRAM_LOGIN} username="${PLATFORM_ACCOUNTS.broker}" ` +
    `password="${secretReference(BROKER_PASSWORD_FILE)}";`;
  const controllerPassword = secretReference(CONTROLLER_PASSWORD_FILE);
  const controllerLogin =
    `${PLAIN_LOGIN} username="${PLATFORM_ACCOUNTS.controller}" password="${controllerPassword}" ` +
    `user_${PLATFORM_ACCOUNTS.controller}="${controllerPassword}";`;
  return {
    "config.providers": "dir",
    "config.providers.dir.class": "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
    "sasl.mechanism.controller.protocol": "PLAIN",
    ...scramListener("client", `${SCRAM_LOGIN};`),
    ...scramListener("internal", brokerLogin),
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config": controllerLogin,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": SUPER_USERS.map((name) => `User:${name}`).join(";"),
  };
}

/** Both SCRAM mechanisms, each with its own JAAS line: the two credential slots of an account. */
function scramListener(name: string, login: string): Record<string, string> {
  return {
    [`listener.name.${name}.sasl.enabled.mechanisms`]: "SCRAM-SHA-512,SCRAM-SHA-256",
    [`listener.name.${name}.scram-sha-512.sasl.jaas.config`]: login,
    [`listener.name.${name}.scram-sha-256.sasl.jaas.config`]: login,
  };
}

/** One broker cannot hold the three replicas that Kafka's own topics ask for by default. */
function internalTopicProperties(): Record<string, string> {
  return {
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
  };
}

function named(listeners: readonly Listener[], name: Listener["name"]): Listener {
  const found = listeners.find((listener) => listener.name === name);
  if (!found) throw new Error(`listener ${name} is missing from the list of listeners`);
  return found;
}
