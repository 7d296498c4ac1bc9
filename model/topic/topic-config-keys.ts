import type { ValueRule } from "../values/value-rules.ts";
import { MIB } from "../values/units.ts";
import { MAX_INT as INT, MAX_LONG as LONG } from "../values/kafka-limits.ts";

export type TopicConfigKey = ValueRule & {
  /** Kafka's default, in Kafka's text. A broker's own configuration may say otherwise. */
  readonly default: string;
  /** Field of a declaration that sets it; it cannot be set by name then. */
  readonly field?: string;
};

const LONG_DEFAULT = "9223372036854775807";

const duration = { type: "duration", min: 0, max: LONG } as const;
const bytes = { type: "size", min: 0, max: INT } as const;
const boolean = { type: "boolean" } as const;
/** What brokers keep themselves of a topic with tiered storage; -2: as long as the topic keeps it. */
const local = { min: -2, max: LONG, unlimited: true, default: "-2" } as const;

/**
 * Every topic configuration of Kafka 4.3 that can be declared: types, ranges and defaults as Kafka's
 * `LogConfig` defines them. The floor of `segment.bytes` is 1 MiB since Kafka 4.0 (KIP-1030).
 *
 * Not here: the two `*.replication.throttled.replicas`, which a reassignment sets while it runs.
 */
export const TOPIC_CONFIG_KEYS = {
  "cleanup.policy": {
    type: "set",
    of: ["compact", "delete"],
    default: "delete",
    field: "cleanup",
  },
  "compression.gzip.level": {
    type: "integer",
    min: 1,
    max: 9,
    also: -1,
    default: "-1",
  },
  "compression.lz4.level": {
    type: "integer",
    min: 1,
    max: 17,
    default: "9",
  },
  "compression.type": {
    type: "choice",
    of: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"],
    default: "producer",
  },
  "compression.zstd.level": {
    type: "integer",
    min: -131_072,
    max: 22,
    default: "3",
  },
  "delete.retention.ms": {
    ...duration,
    default: "86400000",
    field: "tombstoneRetention",
  },
  "file.delete.delay.ms": { ...duration, default: "60000" },
  "flush.messages": {
    type: "integer",
    min: 1,
    max: LONG,
    default: LONG_DEFAULT,
  },
  "flush.ms": { ...duration, default: LONG_DEFAULT },
  "index.interval.bytes": { ...bytes, default: "4096" },
  "local.retention.bytes": { ...local, type: "size" },
  "local.retention.ms": { ...local, type: "duration" },
  "max.compaction.lag.ms": { ...duration, min: 1, default: LONG_DEFAULT },
  "max.message.bytes": {
    ...bytes,
    default: "1048588",
    field: "maxMessageSize",
  },
  "message.timestamp.after.max.ms": { ...duration, default: "3600000" },
  "message.timestamp.before.max.ms": { ...duration, default: LONG_DEFAULT },
  "message.timestamp.type": {
    type: "choice",
    of: ["CreateTime", "LogAppendTime"],
    default: "CreateTime",
  },
  "min.cleanable.dirty.ratio": {
    type: "real",
    min: 0,
    max: 1,
    default: "0.5",
  },
  "min.compaction.lag.ms": { ...duration, default: "0" },
  "min.insync.replicas": {
    type: "integer",
    min: 1,
    max: INT,
    default: "1",
    field: "minInsyncReplicas",
  },
  preallocate: { ...boolean, default: "false" },
  "remote.log.copy.disable": { ...boolean, default: "false" },
  "remote.log.delete.on.disable": { ...boolean, default: "false" },
  "remote.storage.enable": { ...boolean, default: "false" },
  "retention.bytes": {
    type: "size",
    min: 1,
    max: LONG,
    unlimited: true,
    default: "-1",
    field: "retentionSize",
  },
  "retention.ms": {
    ...duration,
    unlimited: true,
    default: "604800000",
    field: "retention",
  },
  "segment.bytes": { ...bytes, min: MIB, default: "1073741824" },
  "segment.index.bytes": { ...bytes, min: 4, default: "10485760" },
  "segment.jitter.ms": { ...duration, default: "0" },
  "segment.ms": { ...duration, min: 1, default: "604800000" },
  "unclean.leader.election.enable": { ...boolean, default: "false" },
} as const satisfies Readonly<Record<string, TopicConfigKey>>;

export type TopicConfigName = keyof typeof TOPIC_CONFIG_KEYS;
