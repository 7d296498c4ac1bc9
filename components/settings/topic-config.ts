import { z } from "zod";
import {
  TOPIC_CONFIG_KEYS,
  type TopicConfigKey,
  type TopicConfigName,
  type ValueRule,
} from "./topic-config-keys.ts";
import { duration, size } from "./values.ts";

/** A value as it is written: with its unit (`"7d"`, `"512 MiB"`), or in Kafka's own text. */
export type ConfigValue = string | number | boolean | readonly string[];

/**
 * `given` in the one text that stands for its value: whole milliseconds and bytes, `true` or `false`,
 * sets in order of name. Kafka and the provider compare texts, so any other spelling of an equal value
 * (`"False"`, `"007"`, `"delete, compact"`) would be a change on every run.
 *
 * @returns undefined for what is no value of this key
 */
export function canonicalValue(name: TopicConfigName, given: unknown): string | undefined {
  const rule: ValueRule = TOPIC_CONFIG_KEYS[name];
  switch (rule.type) {
    case "boolean":
      return ["true", "false"].find((text) => text === String(given));
    case "choice":
      return rule.of.find((choice) => choice === given);
    case "set":
      return canonicalSet(rule.of, typeof given === "string" ? given.split(",") : given);
    default:
      return canonicalNumber(rule, given);
  }
}

function canonicalSet(of: readonly string[], given: unknown): string | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const members = new Set<unknown>(given);
  const known = of.filter((member) => members.has(member));
  return known.length === given.length ? known.sort().join(",") : undefined;
}

function canonicalNumber(
  rule: Extract<ValueRule, { min: number }>,
  given: unknown,
): string | undefined {
  if (rule.unlimited && (given === "unlimited" || given === "-1" || given === -1)) return "-1";
  const amount = inBaseUnit(rule.type, given);
  if (amount === undefined || amount < rule.min || amount > rule.max) return undefined;
  return String(amount);
}

function inBaseUnit(type: ValueRule["type"], given: unknown): number | undefined {
  const fits = type === "real" ? Number.isFinite : Number.isSafeInteger;
  // Adding 0 turns -0, whose text is another, into 0.
  if (typeof given === "number") return fits(given) ? given + 0 : undefined;
  if (typeof given !== "string") return undefined;
  if (String(Number(given)) === given && fits(Number(given))) return Number(given);
  if (type === "duration") return duration.safeParse(given).data;
  return type === "size" ? size.safeParse(given).data : undefined;
}

/** What a good value of the key looks like, for the message to somebody who wrote another one. */
export function wantedValue(name: TopicConfigName): string {
  const rule: ValueRule = TOPIC_CONFIG_KEYS[name];
  switch (rule.type) {
    case "boolean":
      return "true or false";
    case "choice":
      return `one of ${rule.of.join(", ")}`;
    case "set":
      return `one or more of ${rule.of.join(", ")}`;
    default: {
      const [noun, unit] = NUMBER[rule.type];
      const unlimited = rule.unlimited ? ', or "unlimited"' : "";
      return `${noun} from ${figure(rule.min)} to ${figure(rule.max)}${unit}${unlimited}`;
    }
  }
}

const NUMBER = {
  duration: ["a duration such as 12h or 7d,", " ms"],
  size: ["a size such as 512 MiB,", " bytes"],
  integer: ["a whole number", ""],
  real: ["a number", ""],
} as const;

const figure = (amount: number) => amount.toLocaleString("en-US");

/** The schema of one key's value; what comes out is canonical. */
export const configValue = (name: TopicConfigName): z.ZodType<string, ConfigValue> =>
  z
    .custom<ConfigValue>((given) => canonicalValue(name, given) !== undefined, {
      error: wantedValue(name),
    })
    .transform((given) => canonicalValue(name, given) ?? z.NEVER);

const names = Object.keys(TOPIC_CONFIG_KEYS) as TopicConfigName[];

/** The schema of a key that a field of the declaration sets: there is one place for each value. */
const elsewhere = (field: string) =>
  z.never({ error: `it in the field \`${field}\` of the topic` });

const entries = names.map((name) => {
  const { field }: TopicConfigKey = TOPIC_CONFIG_KEYS[name];
  return [name, field === undefined ? configValue(name) : elsewhere(field)] as const;
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
  ];
}
