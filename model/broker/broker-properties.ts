import {
  authorization,
  controllerListener,
  scramListener,
  SECRET_PROVIDER,
  SESSION_LIFETIME,
  sessionLifetime,
} from "./broker-security.ts";
import { type TieredStorage, tieredStorageProperties } from "./tiered-storage.ts";
import { connectionLimits } from "./connection-limits.ts";
import type { Listener } from "./listeners.ts";
import { MIB } from "../values/units.ts";
import { PLATFORM_ACCOUNTS, SUPER_USERS } from "../credentials/platform-accounts.ts";
import { BROKER_PASSWORD_FILE, CONTROLLER_PASSWORD_FILE } from "./secret-files.ts";

/** A sub-directory of the volume: a `lost+found` in the root of a log directory stops the broker. */
const LOG_DIRECTORY = "/var/lib/kafka/data/log";

/** The broker calls itself on the second one, too. */
const CLIENT_LISTENERS = ["client", "internal"];

/** Where the broker's volume is mounted. */
export const DATA_MOUNT = "/var/lib/kafka/data";

/** Properties of the stack's own by Kafka's names, already judged. */
export type OwnProperties = Readonly<Record<string, string | undefined>>;

export interface SingleBroker {
  readonly listeners: readonly Listener[];
  /** Limit of the container, in bytes. */
  readonly memory: number;
  /** @default none */
  readonly properties?: OwnProperties | undefined;
  /** @default brokers keep all */
  readonly tieredStorage?: TieredStorage | undefined;
}

/**
 * What a partition keeps at most where its topic sets no size, and how large its segments are: a producer that
 * runs wild must not fill the disk of a laptop. Kafka's own: no end, and 1 GiB.
 */
const PARTITION_BOUNDS = {
  "log.retention.bytes": String(256 * MIB),
  "log.segment.bytes": String(128 * MIB),
};

const METADATA_CLIENT = {
  listener: "INTERNAL",
  login: { username: PLATFORM_ACCOUNTS.broker, passwordFile: BROKER_PASSWORD_FILE },
  replicationFactor: 1,
} as const;

/**
 * `server.properties` of the only broker of a stack: broker and controller in one process, a dynamic
 * quorum of one. Contains no secret, only references to secret files.
 *
 */
export function singleBrokerProperties({
  listeners,
  memory,
  properties = {},
  tieredStorage,
}: SingleBroker): Record<string, string> {
  const controller = named(listeners, "CONTROLLER");
  return {
    "node.id": "1",
    "controller.quorum.bootstrap.servers": `${controller.bind}:${String(controller.port)}`,
    ...listenerProperties(listeners),
    ...securityProperties(),
    ...internalTopicProperties(),
    ...sharedProperties(),
    ...connectionLimits({ memory, clientListeners: CLIENT_LISTENERS, tls: false }),
    ...sessionLifetime(CLIENT_LISTENERS, properties),
    ...PARTITION_BOUNDS,
    // The first rebalance waits this long for more members; one developer has no more.
    "group.initial.rebalance.delay.ms": "0",
    ...(tieredStorage && tieredStorageProperties(tieredStorage, METADATA_CLIENT)),
    ...ownProperties(properties),
  };
}

/** What a stack sets itself, as far as it is said once for all listeners. */
export const ownProperties = (properties: OwnProperties): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) =>
      // Brokers among themselves stay logged in: this one is said of each listener by itself.
      value === undefined || key === SESSION_LIFETIME ? [] : [[key, value] as const],
    ),
  );

/** What every broker has, whatever it runs on. */
export const sharedProperties = (): Record<string, string> => ({
  "process.roles": "broker,controller",
  "log.dirs": LOG_DIRECTORY,
  // Topics exist because they are declared; a typing error must not make one.
  "auto.create.topics.enable": "false",
  // Every group that an account makes up stays in the heap with its metadata for a week; those of Kafka's
  // own clients are a few bytes. Kafka's default is 4 KiB.
  "offset.metadata.max.bytes": "1024",
  // With a recent snapshot a start replays little. It also guards a volume that was formatted
  // without the anchor account from losing credentials; the default is an hour.
  "metadata.log.max.snapshot.interval.ms": "10000",
});

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
  const { broker, controller } = PLATFORM_ACCOUNTS;
  const controllerLogin = { username: controller, passwordFile: CONTROLLER_PASSWORD_FILE };
  return {
    ...SECRET_PROVIDER,
    ...scramListener("client"),
    ...scramListener("internal", { username: broker, passwordFile: BROKER_PASSWORD_FILE }),
    ...controllerListener(controllerLogin, [controllerLogin]),
    ...authorization(SUPER_USERS),
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
