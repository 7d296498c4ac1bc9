import {
  TOPIC_CONFIG_KEYS,
  type TopicConfigKey,
  type TopicConfigName,
} from "./topic-config-keys.ts";

/** Broker properties that are defaults of topics, where they are called otherwise than the topic's own. */
export const BROKER_SYNONYMS: Readonly<Record<string, TopicConfigName>> = {
  "log.cleaner.delete.retention.ms": "delete.retention.ms",
  "log.cleaner.max.compaction.lag.ms": "max.compaction.lag.ms",
  "log.cleaner.min.cleanable.ratio": "min.cleanable.dirty.ratio",
  "log.cleaner.min.compaction.lag.ms": "min.compaction.lag.ms",
  "log.cleanup.policy": "cleanup.policy",
  "log.flush.interval.messages": "flush.messages",
  "log.flush.interval.ms": "flush.ms",
  "log.index.interval.bytes": "index.interval.bytes",
  "log.index.size.max.bytes": "segment.index.bytes",
  "log.message.timestamp.after.max.ms": "message.timestamp.after.max.ms",
  "log.message.timestamp.before.max.ms": "message.timestamp.before.max.ms",
  "log.message.timestamp.type": "message.timestamp.type",
  "log.preallocate": "preallocate",
  "log.retention.bytes": "retention.bytes",
  "log.retention.hours": "retention.ms",
  "log.retention.minutes": "retention.ms",
  "log.retention.ms": "retention.ms",
  "log.roll.hours": "segment.ms",
  "log.roll.jitter.hours": "segment.jitter.ms",
  "log.roll.jitter.ms": "segment.jitter.ms",
  "log.roll.ms": "segment.ms",
  "log.segment.bytes": "segment.bytes",
  "log.segment.delete.delay.ms": "file.delete.delay.ms",
  "message.max.bytes": "max.message.bytes",
};

/** Those that are fields of a topic, and no configuration of it in Kafka. */
const FIELDS: Readonly<Record<string, string>> = {
  "default.replication.factor": "replicationFactor",
  "num.partitions": "partitions",
};

/** How a topic declares a configuration of Kafka's: its field, or its place in `config`. */
export function placeOf(key: TopicConfigName): string {
  const { field }: TopicConfigKey = TOPIC_CONFIG_KEYS[key];
  return field === undefined ? `\`config["${key}"]\`` : `\`${field}\``;
}

export const isTopicConfig = (key: string): key is TopicConfigName =>
  Object.hasOwn(TOPIC_CONFIG_KEYS, key);

/** What a topic says instead of a broker property that is the default of it; nothing for any other. */
export function topicPlaceOf(property: string): string | undefined {
  if (Object.hasOwn(FIELDS, property)) return `\`${FIELDS[property] ?? ""}\``;
  const own = isTopicConfig(property) ? property : undefined;
  const key = Object.hasOwn(BROKER_SYNONYMS, property) ? BROKER_SYNONYMS[property] : own;
  return key && placeOf(key);
}
