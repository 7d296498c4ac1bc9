import {
  type OwnProperties,
  ownProperties,
  sharedProperties,
} from "../broker/broker-properties.ts";
import {
  authorization,
  controllerListener,
  scramListener,
  SECRET_PROVIDER,
  sessionLifetime,
} from "../broker/broker-security.ts";
import { CLUSTER_SUPER_USERS, CONTROLLER_USERS, passwordFile } from "./cluster-accounts.ts";
import type { ExternalAccess } from "./kubernetes-access.ts";
import {
  advertisedListeners,
  type ClusterListener,
  clusterListeners,
} from "./kubernetes-listeners.ts";
import { type ClusterScope, podHost } from "./kubernetes-names.ts";
import { connectionLimits } from "../broker/connection-limits.ts";
import { type TieredStorage, tieredStorageProperties } from "../broker/tiered-storage.ts";
import { CONTROLLER_PORT } from "../broker/listeners.ts";
import { type UserPair, userOf } from "../credentials/platform-credentials.ts";
import type { LiveUsers } from "../credentials/rotation.ts";

/** Where a broker finds its certificates; the files come from a Secret. */
const TLS_FOLDER = "/etc/kafka-platform/tls";

export interface ClusterPropertiesArgs extends ClusterScope {
  readonly access: ExternalAccess;
  /** Limit of each broker, in bytes. */
  readonly memory: number;
  /** How many nodes, counted from 0, form the controller quorum at first. */
  readonly initialControllers: number;
  /** Who brokers log in to each other as; the first one is in use. */
  readonly brokerUsers: LiveUsers;
  /** Who nodes log in to the controllers as. */
  readonly controllerUsers: LiveUsers;
  readonly racks?: readonly string[] | undefined;
  readonly properties: OwnProperties;
  /** @default brokers keep all */
  readonly tieredStorage?: TieredStorage | undefined;
}

/**
 * `server.properties` as far as all brokers of a cluster share it: broker and controller in one
 * process, a dynamic quorum, TLS on every listener. Contains no secret, only references to files.
 */
export function clusterProperties(args: ClusterPropertiesArgs): Record<string, string> {
  const listeners = clusterListeners(args.access);
  const clientListeners = reachedByClients(args.access);
  const quorum = Array.from({ length: args.initialControllers }, (_, node) => podHost(args, node));
  return {
    ...sharedProperties(),
    "controller.quorum.bootstrap.servers": quorum
      .map((host) => `${host}:${String(CONTROLLER_PORT)}`)
      .join(","),
    // A node whose disk was lost comes back as a voter, under a new directory id, by itself.
    "controller.quorum.auto.join.enable": "true",
    listeners: bound(listeners),
    "listener.security.protocol.map": listeners.map(({ name }) => `${name}:SASL_SSL`).join(","),
    "inter.broker.listener.name": "BROKER",
    "controller.listener.names": "CONTROLLER",
    ...PEER_CONNECTIONS,
    ...TLS,
    ...securityProperties(args),
    ...REPLICATION,
    ...connectionLimits({ ...args, clientListeners, tls: true }),
    ...sessionLifetime(clientListeners, args.properties),
    // Consumers that name their rack read from the copy nearest to them.
    ...(args.racks && {
      "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector",
    }),
    ...tiered(args),
    ...ownProperties(args.properties),
  };
}

/** What differs from broker to broker; it follows {@link clusterProperties} in the same file. */
export function nodeProperties(
  args: ClusterScope & Pick<ClusterPropertiesArgs, "access" | "racks" | "initialControllers">,
  node: number,
): Record<string, string> {
  const rack = args.racks?.[node];
  return {
    "node.id": String(node),
    "advertised.listeners": advertisedListeners(args, args.access, node),
    ...(rack === undefined ? {} : { "broker.rack": rack }),
    "ssl.keystore.location": `${TLS_FOLDER}/${keystoreFile(node)}`,
    ...(node < args.initialControllers ? {} : brokerOnly(args.access)),
  };
}

/** Nodes that were added later vote on nothing: the quorum stays as odd as it was formed. */
const brokerOnly = (access: ExternalAccess): Record<string, string> => ({
  "process.roles": "broker",
  "controller.quorum.auto.join.enable": "false",
  listeners: bound(clusterListeners(access).filter(({ name }) => name !== "CONTROLLER")),
});

const bound = (listeners: readonly ClusterListener[]): string =>
  listeners.map(({ name, port }) => `${name}://:${String(port)}`).join(",");

/** File with the key and certificate of one broker. */
export const keystoreFile = (node: number): string => `broker-${String(node)}.pem`;

/** File with the certificates that everybody trusts. */
export const TRUSTSTORE_FILE = "ca.pem";

/**
 * Milliseconds until an attempt to connect to another node is given up, and at most after several. Where a
 * pod was, nobody refuses; records wait meanwhile for a follower that asks there. Kafka's own: 10 and 30 s.
 */
const PEER_CONNECTIONS = {
  "socket.connection.setup.timeout.ms": "2000",
  "socket.connection.setup.timeout.max.ms": "4000",
};

const TLS = {
  "ssl.keystore.type": "PEM",
  "ssl.truststore.type": "PEM",
  "ssl.truststore.location": `${TLS_FOLDER}/${TRUSTSTORE_FILE}`,
};

/**
 * Three copies of which two are in sync: one broker may be away, for a restart or for good, and
 * nothing acknowledged is lost, nothing stops.
 */
const REPLICATION = {
  "default.replication.factor": "3",
  "min.insync.replicas": "2",
  "offsets.topic.replication.factor": "3",
  "transaction.state.log.replication.factor": "3",
  "transaction.state.log.min.isr": "2",
  "share.coordinator.state.topic.replication.factor": "3",
  "share.coordinator.state.topic.min.isr": "2",
};

/** Listeners that clients reach, as Kafka writes them in the names of properties. */
const reachedByClients = (access: ExternalAccess): readonly string[] =>
  clusterListeners(access).flatMap(({ name }) =>
    name === "CLIENT" || name === "EXTERNAL" ? [name.toLowerCase()] : [],
  );

const loginOf = (username: string) => ({ username, passwordFile: passwordFile(username) });
const inUse = (pair: UserPair, [first]: LiveUsers) => loginOf(userOf(pair, first.user));

const tiered = ({ tieredStorage, brokerUsers }: ClusterPropertiesArgs) =>
  tieredStorage &&
  tieredStorageProperties(tieredStorage, {
    listener: "BROKER",
    login: inUse("broker", brokerUsers),
    replicationFactor: 3,
    tls: {
      "ssl.truststore.type": TLS["ssl.truststore.type"],
      "ssl.truststore.location": TLS["ssl.truststore.location"],
    },
  });

function securityProperties(args: ClusterPropertiesArgs): Record<string, string> {
  return {
    ...SECRET_PROVIDER,
    ...scramListener("broker", inUse("broker", args.brokerUsers)),
    ...scramListener("client"),
    ...(args.access.type === "none" ? {} : scramListener("external")),
    ...controllerListener(inUse("controller", args.controllerUsers), CONTROLLER_USERS.map(loginOf)),
    ...authorization(CLUSTER_SUPER_USERS),
  };
}
