import type { ValueRule } from "../values/value-rules.ts";
import { MIB } from "../values/units.ts";
import { MAX_INT as INT, MAX_LONG as LONG } from "../values/kafka-limits.ts";

/**
 * What changing a value does to records that are already acknowledged.
 *
 * - `reversible`: no stored record is touched; setting it back restores the behaviour
 * - `loses data`: stored records may be deleted, and setting it back does not bring them back
 * - `risks data`: nothing is deleted, but a failure afterwards may lose acknowledged records
 */
export type Effect = "reversible" | "loses data" | "risks data";

export type TopicConfigKey = ValueRule & {
  /** Kafka's default, in Kafka's text. A broker's own configuration may say otherwise. */
  readonly default: string;
  readonly effect: Effect;
  /** Field of a declaration that sets it; it cannot be set by name then. */
  readonly field?: string;
};

const LONG_DEFAULT = "9223372036854775807";

const duration = { type: "duration", min: 0, max: LONG } as const;
const bytes = { type: "size", min: 0, max: INT } as const;
const boolean = { type: "boolean" } as const;

/**
 * Every topic configuration of Kafka 4.3 that can be declared: types, ranges and defaults as Kafka's
 * `LogConfig` defines them. The floor of `segment.bytes` is 1 MiB since Kafka 4.0 (KIP-1030).
 *
 * Not here: the two `*.replication.throttled.replicas`, which a reassignment sets while it runs, and
 * tiered storage, which needs a plugin that the brokers do not have.
 */
export const TOPIC_CONFIG_KEYS = {
  "cleanup.policy": {
    type: "set",
    of: ["compact", "delete"],
    default: "delete",
    effect: "loses data",
    field: "cleanup",
  },
  "compression.gzip.level": {
    type: "integer",
    min: 1,
    max: 9,
    default: "-1",
    effect: "reversible",
  },
  "compression.lz4.level": {
    type: "integer",
    min: 1,
    max: 17,
    default: "9",
    effect: "reversible",
  },
  "compression.type": {
    type: "choice",
    of: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"],
    default: "producer",
    effect: "reversible",
    field: "producerCodec",
  },
  "compression.zstd.level": {
    type: "integer",
    min: -131_072,
    max: 22,
    default: "3",
    effect: "reversible",
  },
  "delete.retention.ms": {
    ...duration,
    default: "86400000",
    effect: "loses data",
    field: "tombstoneRetention",
  },
  "file.delete.delay.ms": { ...duration, default: "60000", effect: "reversible" },
  "flush.messages": {
    type: "integer",
    min: 1,
    max: LONG,
    default: LONG_DEFAULT,
    effect: "risks data",
  },
  "flush.ms": { ...duration, default: LONG_DEFAULT, effect: "risks data" },
  "index.interval.bytes": { ...bytes, default: "4096", effect: "reversible" },
  "max.compaction.lag.ms": { ...duration, min: 1, default: LONG_DEFAULT, effect: "loses data" },
  "max.message.bytes": {
    ...bytes,
    default: "1048588",
    effect: "reversible",
    field: "maxMessageSize",
  },
  "message.timestamp.after.max.ms": { ...duration, default: "3600000", effect: "reversible" },
  "message.timestamp.before.max.ms": { ...duration, default: LONG_DEFAULT, effect: "reversible" },
  "message.timestamp.type": {
    type: "choice",
    of: ["CreateTime", "LogAppendTime"],
    default: "CreateTime",
    effect: "reversible",
  },
  "min.cleanable.dirty.ratio": {
    type: "real",
    min: 0,
    max: 1,
    default: "0.5",
    effect: "loses data",
  },
  "min.compaction.lag.ms": { ...duration, default: "0", effect: "loses data" },
  "min.insync.replicas": {
    type: "integer",
    min: 1,
    max: INT,
    default: "1",
    effect: "risks data",
    field: "minInsyncReplicas",
  },
  preallocate: { ...boolean, default: "false", effect: "reversible" },
  "retention.bytes": {
    type: "size",
    min: 1,
    max: LONG,
    unlimited: true,
    default: "-1",
    effect: "loses data",
    field: "retentionSize",
  },
  "retention.ms": {
    ...duration,
    unlimited: true,
    default: "604800000",
    effect: "loses data",
    field: "retention",
  },
  "segment.bytes": { ...bytes, min: MIB, default: "1073741824", effect: "reversible" },
  "segment.index.bytes": { ...bytes, min: 4, default: "10485760", effect: "reversible" },
  "segment.jitter.ms": { ...duration, default: "0", effect: "reversible" },
  "segment.ms": { ...duration, min: 1, default: "604800000", effect: "reversible" },
  "unclean.leader.election.enable": { ...boolean, default: "false", effect: "risks data" },
} as const satisfies Readonly<Record<string, TopicConfigKey>>;

export type TopicConfigName = keyof typeof TOPIC_CONFIG_KEYS;
