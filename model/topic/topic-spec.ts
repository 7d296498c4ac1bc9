import type { Environment } from "../values/environment.ts";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import { configFaults, isTiered } from "./topic-config.ts";
import type { Topic } from "./topic-declaration.ts";
import { partitionCount } from "./topic-partitions.ts";

/** What of a declaration a topic in Kafka comes from. */
export type TopicDeclaration = DeepReadonly<
  Pick<
    Topic,
    | "cleanup"
    | "config"
    | "environments"
    | "maxMessageSize"
    | "minInsyncReplicas"
    | "partitions"
    | "replicationFactor"
    | "retention"
    | "retentionSize"
    | "tombstoneRetention"
  >
>;

/** A topic as Kafka is told it: every value in Kafka's canonical text. */
export interface TopicSpec {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Copies of each record, and how many of them must be in sync for a write with `acks=all`. */
export const REPLICATION: Readonly<Record<Environment, { factor: number; minInsync: number }>> = {
  dev: { factor: 1, minInsync: 1 },
  staging: { factor: 2, minInsync: 1 },
  prod: { factor: 3, minInsync: 2 },
};

/** The declaration with the values of one environment; `config` is merged key by key. */
export function inEnvironment<T extends TopicDeclaration>(declared: T, environment: Environment) {
  const { environments, ...values } = declared;
  const changes = environments?.[environment];
  return { ...values, ...changes, config: { ...values.config, ...changes?.config } };
}

/**
 * What a declared topic is in one environment.
 *
 * `min.insync.replicas` is always explicit: with eligible leader replicas (the default from Kafka 4.1)
 * a later change of the broker's file does nothing. So is `compression.type`: a topic that does not insist
 * on a codec keeps what producers send, because any codec here makes the broker compress every batch again.
 *
 * @param brokers how many there are: a topic on the only broker has one copy, but in prod. Default: enough
 */
export function topicSpec(
  declared: TopicDeclaration,
  environment: Environment,
  brokers = Infinity,
): TopicSpec {
  const topic = inEnvironment(declared, environment);
  const copies = copiesOf(topic, environment, brokers);
  const config: Record<string, string | number | undefined> = {
    ...topic.config,
    "cleanup.policy": topic.cleanup,
    "compression.type": topic.config["compression.type"] ?? "producer",
    "delete.retention.ms": topic.tombstoneRetention,
    "max.message.bytes": topic.maxMessageSize,
    "min.insync.replicas": copies.minInsync,
    "retention.bytes": topic.retentionSize,
    "retention.ms": topic.retention,
  };
  return {
    partitions: partitionCount(topic.partitions),
    replicationFactor: copies.factor,
    config: Object.fromEntries(
      Object.entries(config)
        .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
        .map(([key, value]) => [key, String(value)] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  };
}

function copiesOf(
  { replicationFactor, minInsyncReplicas }: TopicDeclaration,
  environment: Environment,
  brokers: number,
) {
  if (brokers === 1 && environment !== "prod") return ONE_COPY;
  const { factor, minInsync } = REPLICATION[environment];
  return {
    factor: replicationFactor ?? factor,
    minInsync: minInsyncReplicas ?? minInsync,
  };
}

const ONE_COPY = { factor: 1, minInsync: 1 } as const;

/** What is known of where a topic goes, and where its values come from. */
export interface SpecTarget {
  /** How many there are. @default enough */
  readonly brokers?: number | undefined;
  /** Whether brokers have tiered storage. @default they may have */
  readonly tieredStorage?: boolean | undefined;
  /** Environment whose default `min.insync.replicas` is. @default the declaration says it */
  readonly minInsyncBy?: Environment | undefined;
}

/**
 * What is wrong with a resolved topic: combinations that Kafka refuses, and those it takes although
 * the topic could then not be written to as soon as one broker is away.
 */
export function specFaults(
  spec: TopicSpec,
  { brokers = Infinity, tieredStorage = true, minInsyncBy }: SpecTarget = {},
): string[] {
  const { replicationFactor: factor, config } = spec;
  const minInsync = Number(config["min.insync.replicas"]);
  const origin =
    minInsyncBy === undefined
      ? ""
      : ` (the default in ${minInsyncBy}; \`minInsyncReplicas\` sets it)`;
  const faults = configFaults(config);
  if (isTiered(config) && !tieredStorage) {
    faults.push(
      "remote.storage.enable: Kafka refuses it where the brokers have no tiered storage; " +
        "wanted `tieredStorage` of the cluster in the stack file",
    );
  }
  if (factor > brokers) {
    const have = brokers === 1 ? "1 broker" : `${brokers} brokers`;
    faults.push(`replication factor ${factor} with ${have}; wanted at most one copy per broker`);
  }
  if (minInsync > factor) {
    faults.push(
      `min.insync.replicas ${minInsync}${origin} is above the replication factor ${factor}`,
    );
  } else if (minInsync === factor && factor > 1) {
    const why = "no write would succeed while one broker is away";
    faults.push(`min.insync.replicas ${minInsync}${origin} equals the replication factor: ${why}`);
  }
  return faults;
}
