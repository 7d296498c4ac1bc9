import type { Environment } from "../values/environment.ts";
import { configFaults } from "./topic-config.ts";
import { type PartitionDemand, partitionCount } from "./topic-partitions.ts";

/** What may differ between environments, values in base units (milliseconds, bytes). */
export interface TopicValues {
  /** How many, or what their number follows from. */
  readonly partitions: number | PartitionDemand;
  /** How long a record is kept; -1 for ever. Absent on topics that are only compacted. */
  readonly retention?: number | undefined;
  /** How much each partition keeps, besides `retention`. Default: no limit. */
  readonly retentionSize?: number | undefined;
  /** How long a deletion stays visible to consumers of a compacted topic. */
  readonly tombstoneRetention?: number | undefined;
  /** Largest record batch. */
  readonly maxMessageSize: number;
  /** Copies of each record. Default: by environment, {@link REPLICATION}. */
  readonly replicationFactor?: number | undefined;
  /** Copies that must have a record before a write with `acks=all` is done. Default: by environment. */
  readonly minInsyncReplicas?: number | undefined;
  /** Further configuration, by Kafka's names, in canonical text. */
  readonly config?: Readonly<Partial<Record<string, string>>> | undefined;
}

/** A topic as declared. */
export interface TopicDeclaration extends TopicValues {
  /** What happens to old records: dropped, compacted to the latest of each key, or both. */
  readonly cleanup: "delete" | "compact" | "compact,delete";
  /** What is different in an environment. */
  readonly environments?: { readonly [Name in Environment]?: Changes | undefined } | undefined;
}

type Changes = { readonly [Key in keyof TopicValues]?: TopicValues[Key] | undefined };

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
 * a later change of the broker's file does nothing. `compression.type` is always `producer`: any
 * codec here makes the broker decompress and compress every batch again, so codecs belong to clients.
 */
export function topicSpec(declared: TopicDeclaration, environment: Environment): TopicSpec {
  const topic = inEnvironment(declared, environment);
  const { factor, minInsync } = REPLICATION[environment];
  const config: Record<string, string | number | undefined> = {
    ...topic.config,
    "cleanup.policy": topic.cleanup,
    "compression.type": "producer",
    "delete.retention.ms": topic.tombstoneRetention,
    "max.message.bytes": topic.maxMessageSize,
    "min.insync.replicas": topic.minInsyncReplicas ?? minInsync,
    "retention.bytes": topic.retentionSize,
    "retention.ms": topic.retention,
  };
  return {
    partitions: partitionCount(topic.partitions),
    replicationFactor: topic.replicationFactor ?? factor,
    config: Object.fromEntries(
      Object.entries(config)
        .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
        .map(([key, value]) => [key, String(value)] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  };
}

/**
 * What is wrong with a resolved topic: combinations that Kafka refuses, and those it takes although
 * the topic could then not be written to as soon as one broker is away.
 *
 * @param brokers how many brokers there are, where that is known
 */
export function specFaults(spec: TopicSpec, brokers = Infinity): string[] {
  const { replicationFactor: factor, config } = spec;
  const minInsync = Number(config["min.insync.replicas"]);
  const faults = configFaults(config);
  if (factor > brokers) {
    const have = brokers === 1 ? "1 broker" : `${brokers} brokers`;
    faults.push(`replication factor ${factor} with ${have}; wanted at most one copy per broker`);
  }
  if (minInsync > factor) {
    faults.push(`min.insync.replicas ${minInsync} is above the replication factor ${factor}`);
  } else if (minInsync === factor && factor > 1) {
    const why = "no write would succeed while one broker is away";
    faults.push(`min.insync.replicas ${minInsync} equals the replication factor: ${why}`);
  }
  return faults;
}
