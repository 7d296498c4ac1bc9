import { TOPIC_CONFIG_KEYS, type TopicConfigName } from "../topic/topic-config-keys.ts";
import type { TopicSpec } from "../topic/topic-spec.ts";
import { MILLISECONDS } from "../values/units.ts";

/** How often Kafka looks for segments that can go, by its default (`log.retention.check.interval.ms`). */
export const CHECK_INTERVAL = 5 * MILLISECONDS.m;

/**
 * The segments of one partition. A segment goes as a whole, once its newest record is too old: until then
 * the oldest one stays too, for as long again as the segment took to fill.
 */
export interface Segments {
  /** Bytes of the largest. */
  readonly bytes: number;
  /** From its first record until another one is begun. */
  readonly fillTime: number;
}

/**
 * @param perHour bytes that are written to the partition in an hour
 */
export function segmentsOf(spec: TopicSpec, perHour: number): Segments {
  const full = (setting(spec, "segment.bytes") / perHour) * MILLISECONDS.h;
  const fillTime = Math.min(full, setting(spec, "segment.ms"));
  return { fillTime, bytes: perHour === 0 ? 0 : (perHour * fillTime) / MILLISECONDS.h };
}

/** The value of a configuration that is a number, Kafka's default where it is not declared. */
export const setting = ({ config }: TopicSpec, key: TopicConfigName): number =>
  Number(config[key] ?? TOPIC_CONFIG_KEYS[key].default);
