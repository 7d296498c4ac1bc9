import type { Environment } from "../values/environment.ts";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import { configFaults } from "./topic-config.ts";
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

interface SpecOrigin {
  readonly brokers?: number | undefined;
  readonly minInsyncBy?: Environment | undefined;
}

/**
 * What is wrong with a resolved topic: combinations that Kafka refuses, and those it takes although
 * the topic could then not be written to as soon as one broker is away.
 *
 * @param brokers how many brokers there are, where that is known
 * @param minInsyncBy environment whose default `min.insync.replicas` is, where no declaration says it
 */
export function specFaults(
  spec: TopicSpec,
  { brokers = Infinity, minInsyncBy }: SpecOrigin = {},
): string[] {
  const { replicationFactor: factor, config } = spec;
  const minInsync = Number(config["min.insync.replicas"]);
  const origin =
    minInsyncBy === undefined
      ? ""
      : ` (the default in ${minInsyncBy}; \`minInsyncReplicas\` sets it)`;
  const faults = configFaults(config);
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
