import { durationText, exactSizeText } from "../model/values/amount-text.ts";
import { TOPIC_CONFIG_KEYS, type TopicConfigKey } from "../model/topic/topic-config-keys.ts";
import { QUOTA, TOPIC } from "../model/stack/resource-types.ts";

/** Kafka's largest long: what it takes for "never" and "no limit". */
const MAX_LONG = 2 ** 63;

/**
 * What a raw value means, in units people use; undefined where it says that itself.
 *
 * @param path of the property, such as `config.retention.ms`
 */
export function humanValue(type: string, path: string, raw: unknown): string | undefined {
  const kind = unitOf(type, path);
  const amount = typeof raw === "string" && raw !== "" ? Number(raw) : raw;
  if (kind === undefined || typeof amount !== "number" || !Number.isFinite(amount)) {
    return undefined;
  }
  if (amount === -1) return "unlimited";
  if (amount >= MAX_LONG) return "never";
  if (kind === "duration") return durationText(amount);
  return kind === "size" ? exactSizeText(amount) : `${exactSizeText(amount)}/s`;
}

function unitOf(type: string, path: string): "duration" | "size" | "rate" | undefined {
  const key = path.startsWith("config.") ? path.slice("config.".length) : undefined;
  if (type === TOPIC && key !== undefined && Object.hasOwn(TOPIC_CONFIG_KEYS, key)) {
    const rule: TopicConfigKey = TOPIC_CONFIG_KEYS[key as keyof typeof TOPIC_CONFIG_KEYS];
    return rule.type === "duration" || rule.type === "size" ? rule.type : undefined;
  }
  return type === QUOTA && key?.endsWith("_byte_rate") ? "rate" : undefined;
}
