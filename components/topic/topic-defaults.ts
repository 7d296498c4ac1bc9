import type { Environment } from "../settings/stack-config.ts";

/** A topic as declared, values in base units (milliseconds, bytes). */
export interface TopicDeclaration {
  readonly partitions: number;
  readonly cleanup: Cleanup;
  /** Largest record batch, in bytes. */
  readonly maxMessageSize: number;
}

/** What happens to old records: dropped after a time, or compacted to the latest of each key. */
export type Cleanup =
  | { readonly policy: "delete"; readonly retention: number }
  | { readonly policy: "compact"; readonly tombstoneRetention: number };

/** A topic as Kafka is told it: every value in Kafka's canonical text. */
export interface TopicSpec {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

/** Copies of each record, and how many of them must be in sync for a write with `acks=all`. */
const REPLICATION: Readonly<Record<Environment, { factor: number; minInSync: number }>> = {
  dev: { factor: 1, minInSync: 1 },
  staging: { factor: 2, minInSync: 1 },
  prod: { factor: 3, minInSync: 2 },
};

/**
 * What a declared topic is in one environment.
 *
 * `min.insync.replicas` is always explicit: with eligible leader replicas (the default from Kafka 4.1)
 * a later change of the broker's file does nothing. `compression.type` is always `producer`: any
 * codec here makes the broker decompress and compress every batch again, so codecs belong to clients.
 */
export function topicSpec(declared: TopicDeclaration, environment: Environment): TopicSpec {
  const { factor, minInSync } = REPLICATION[environment];
  return {
    partitions: declared.partitions,
    replicationFactor: factor,
    config: {
      "compression.type": "producer",
      "max.message.bytes": String(declared.maxMessageSize),
      "min.insync.replicas": String(minInSync),
      ...cleanupConfig(declared.cleanup),
    },
  };
}

const cleanupConfig = (cleanup: Cleanup): Record<string, string> =>
  cleanup.policy === "delete"
    ? { "cleanup.policy": "delete", "retention.ms": String(cleanup.retention) }
    : { "cleanup.policy": "compact", "delete.retention.ms": String(cleanup.tombstoneRetention) };
