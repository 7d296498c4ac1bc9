import { z } from "zod";
import {
  TOPIC_CONFIG_KEYS,
  type TopicConfigKey,
  type TopicConfigName,
} from "./topic-config-keys.ts";
import { unknownKeys } from "../values/default-messages.ts";
import { configKeyReason } from "./unknown-config.ts";
import { type ConfigValue, figure, ruledValue } from "../values/value-rules.ts";

const names = Object.keys(TOPIC_CONFIG_KEYS) as TopicConfigName[];

/** The schema of a key that a field of the declaration sets: there is one place for each value. */
const elsewhere = (field: string) =>
  z.never({ error: `it in the field \`${field}\` of the topic` });

const entries = names.map((name) => {
  const { field }: TopicConfigKey = TOPIC_CONFIG_KEYS[name];
  return [
    name,
    field === undefined ? ruledValue(TOPIC_CONFIG_KEYS[name]) : elsewhere(field),
  ] as const;
});

/**
 * Configuration that no field of a declaration covers, by Kafka's own names. What comes out is
 * canonical; refused are unknown keys, wrong types, and values that Kafka would not take.
 */
export const topicConfig = z.strictObject(
  Object.fromEntries(entries.map(([name, schema]) => [name, schema.optional()])) as Record<
    TopicConfigName,
    z.ZodOptional<z.ZodType<string, ConfigValue>>
  >,
  { error: unknownKeys(configKeyReason) },
);

/** Values that are right alone and wrong together, in a topic's whole configuration. */
export function configFaults(config: Readonly<Partial<Record<string, string>>>): string[] {
  const value = (name: TopicConfigName) => Number(config[name] ?? TOPIC_CONFIG_KEYS[name].default);
  const notAbove = (low: TopicConfigName, high: TopicConfigName, why: string) =>
    value(low) > value(high)
      ? [`${low} ${figure(value(low))} is above ${high} ${figure(value(high))}: ${why}`]
      : [];
  return [
    ...notAbove("max.message.bytes", "segment.bytes", "a batch must fit into one segment"),
    ...notAbove("min.compaction.lag.ms", "max.compaction.lag.ms", "no record could be compacted"),
    ...notAbove("segment.jitter.ms", "segment.ms", "segments would roll before they are begun"),
    ...(isTiered(config) ? tieredFaults(config) : []),
  ];
}

/** Whether older segments of a topic go to a store. */
export const isTiered = (config: Readonly<Partial<Record<string, string>>>): boolean =>
  config["remote.storage.enable"] === "true";

/** What Kafka refuses of a topic with tiered storage. */
function tieredFaults(config: Readonly<Partial<Record<string, string>>>): string[] {
  const text = (name: TopicConfigName) => config[name] ?? TOPIC_CONFIG_KEYS[name].default;
  const beyond = (local: TopicConfigName, all: TopicConfigName) =>
    // -2 is whatever the topic keeps, and -1 without an end.
    text(all) !== "-1" && (text(local) === "-1" || BigInt(text(local)) > BigInt(text(all)))
      ? [
          `${local} ${text(local)} is above ${all} ${text(all)}: brokers would keep more than the topic`,
        ]
      : [];
  return [
    ...(text("cleanup.policy").includes("compact")
      ? ["remote.storage.enable with cleanup.policy compact: Kafka compacts on brokers alone"]
      : []),
    ...beyond("local.retention.ms", "retention.ms"),
    ...beyond("local.retention.bytes", "retention.bytes"),
  ];
}
