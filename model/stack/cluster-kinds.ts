import { SUPER_USERS } from "../credentials/platform-accounts.ts";
import { CLUSTER_SUPER_USERS } from "../kubernetes/cluster-accounts.ts";
import type { ClusterConfig, SECRET_KEYS, StackConfig } from "./stack-config.ts";

/** A port of this machine that a cluster publishes. */
export interface PublishedPort {
  readonly port: number;
  readonly purpose: string;
  /** Configuration key that moves it. */
  readonly key: string;
}

type Kind = ClusterConfig["kind"];

/** What the rest of the project must know of a kind of cluster, so that it need not know the kinds. */
export interface ClusterKind<Config extends ClusterConfig = ClusterConfig> {
  /** As a stack file gives it. */
  readonly name: Kind;
  /** Whether it runs on this machine: `npm start` readies the machine, and secrets stay on it. */
  readonly isLocal: boolean;
  /** What its own network is in, for clients that ask for the address there. */
  readonly inside: "container" | "cluster";
  /** Whether it pulls the broker image by digest, which `image --push` writes, instead of building it. */
  readonly pullsImage: boolean;
  /** Whether brokers have certificates of an authority that the stack makes and rotates. */
  readonly hasAuthority: boolean;
  /** Secrets that a stack cannot run without. */
  readonly secrets: readonly (keyof typeof SECRET_KEYS)[];
  /** Users that the authorizer lets do everything. */
  readonly superUsers: readonly string[];
  brokers(cluster: Config): number;
  /** Bytes of each broker's volume, where that is known. */
  storage(cluster: Config): number | undefined;
  /** Ports on 127.0.0.1, the UI's left out. */
  ports(cluster: Config): readonly PublishedPort[];
}

export const CLUSTER_KINDS: {
  readonly [Name in Kind]: ClusterKind<Extract<ClusterConfig, { kind: Name }>>;
} = {
  docker: {
    name: "docker",
    isLocal: true,
    inside: "container",
    pullsImage: false,
    hasAuthority: false,
    secrets: ["stackSecret"],
    superUsers: SUPER_USERS,
    brokers: () => 1,
    storage: () => undefined,
    ports: ({ clientPort, metricsPort }) => [
      { port: clientPort, purpose: "Kafka clients", key: "cluster.clientPort" },
      { port: metricsPort, purpose: "metrics", key: "cluster.metricsPort" },
    ],
  },
  kubernetes: {
    name: "kubernetes",
    isLocal: false,
    inside: "cluster",
    pullsImage: true,
    hasAuthority: true,
    secrets: ["stackSecret", "caKey"],
    superUsers: CLUSTER_SUPER_USERS,
    brokers: ({ brokers }) => brokers,
    storage: ({ storage }) => storage.size,
    ports: () => [],
  },
};

/** The names of the kinds, as a stack file gives them. */
export const CLUSTER_KIND_NAMES = Object.keys(CLUSTER_KINDS) as Kind[];

/** The kind of a cluster. */
export const kindOf = ({ kind }: Pick<ClusterConfig, "kind">): ClusterKind => CLUSTER_KINDS[kind];

/** What a catalogue must know of the cluster that it is for. */
export function targetOf({ environment, cluster }: Pick<StackConfig, "environment" | "cluster">) {
  const brokers = kindOf(cluster).brokers(cluster);
  return { environment, brokers, tieredStorage: cluster.tieredStorage !== undefined };
}
