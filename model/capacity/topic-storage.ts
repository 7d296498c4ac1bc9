import { durationText, figures, sizeText } from "../values/amount-text.ts";
import type { Environment } from "../values/environment.ts";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import type { Topic, WrittenTopic } from "../topic/topic-declaration.ts";
import { TOPIC_CONFIG_KEYS, type TopicConfigName } from "../topic/topic-config-keys.ts";
import { inEnvironment, type TopicDeclaration, topicSpec } from "../topic/topic-spec.ts";

/** How much is written to a topic. */
export type TopicVolume = DeepReadonly<
  Pick<Topic, "eventSize" | "keys"> & { eventsPerHour: Omit<WrittenTopic["eventsPerHour"], "from"> }
>;

/** What a topic takes on disk, in bytes. */
export interface TopicStorage {
  /** Records of one copy that are kept on purpose. */
  readonly kept: number;
  /** Besides, in one copy: what cannot go yet, because whole segments go and the last one stays. */
  readonly slack: number;
  readonly copies: number;
  /** All copies. */
  readonly total: number;
  /** On the broker that has most of it, with the copies spread evenly. */
  readonly perBroker: number;
  /** How these figures come about, a line each. */
  readonly arithmetic: readonly string[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of a topic that is never emptied, what this long brings is planned. */
const HORIZON = 365 * DAY;

/**
 * What a topic takes on the disks of so many brokers once it is full.
 *
 * Dropped by age or size: rate times retention, at most `retentionSize` a partition. Kafka drops whole
 * segments whose newest record is too old, so a partition holds up to one segment more. Compacted: the
 * latest record of each key, what `min.cleanable.dirty.ratio` lets wait beside it, and the segment that
 * is written to, which is never compacted.
 */
export function topicStorage(
  topic: TopicDeclaration & TopicVolume,
  environment: Environment,
  brokers: number,
): TopicStorage {
  const spec = topicSpec(topic, environment, brokers);
  const { partitions, replicationFactor: copies } = spec;
  const setting = (key: TopicConfigName) =>
    Number(spec.config[key] ?? TOPIC_CONFIG_KEYS[key].default);
  const { to, average = to, given = false } = topic.eventsPerHour;
  const perHour = average * topic.eventSize;
  const segment = Math.min(
    setting("segment.bytes"),
    (perHour / partitions) * (setting("segment.ms") / HOUR),
  );
  const written = { ...topic, perHour, average, partitions, segment };
  const dropped = topic.cleanup === "compact" ? undefined : byRetention(written, environment);
  const compacted =
    topic.cleanup === "delete"
      ? undefined
      : byCompaction(written, setting("min.cleanable.dirty.ratio"));
  const { kept, slack, lines } = smaller(dropped, compacted);

  const replica = (kept + slack) / partitions;
  const total = (kept + slack) * copies;
  const perBroker = replica * Math.ceil((partitions * copies) / brokers);
  return {
    kept,
    slack,
    copies,
    total,
    perBroker,
    arithmetic: [
      `volume: ${average.toLocaleString("en-US")} events/h (${given ? "given" : "estimate"}) × ` +
        `${sizeText(topic.eventSize)} = ${sizeText(perHour)}/h`,
      ...lines,
      `copies: ${sizeText(kept + slack)} × ${copies} = ${sizeText(total)} on ${brokers} ` +
        `${brokers === 1 ? "broker" : "brokers"}, at most ${sizeText(perBroker)} on one`,
    ],
  };
}

interface Kept {
  readonly kept: number;
  readonly slack: number;
  readonly lines: readonly string[];
}

interface Written extends TopicDeclaration, TopicVolume {
  readonly perHour: number;
  readonly average: number;
  readonly partitions: number;
  /** Bytes of the largest segment. */
  readonly segment: number;
}

function byRetention(topic: Written, environment: Environment): Kept {
  const { perHour, partitions, segment } = topic;
  const { retention = HORIZON, retentionSize } = inEnvironment(topic, environment);
  const isEndless = retention === -1;
  const time = isEndless ? HORIZON : retention;
  const byTime = (perHour * time) / HOUR;
  const bySize = (retentionSize ?? Infinity) * partitions;
  const kept = Math.min(byTime, bySize);
  // What is never dropped has no segment that waits to be.
  const slack = isEndless && kept === byTime ? 0 : Math.min(segment * partitions, byTime);
  const never = isEndless ? " (never dropped: what a year brings)" : "";
  return {
    kept,
    slack,
    lines: [
      `kept: ${sizeText(perHour)}/h × ${durationText(time)} = ${sizeText(byTime)}${never}`,
      ...(retentionSize === undefined
        ? []
        : [`at most: ${partitions} partitions × ${sizeText(retentionSize)} = ${sizeText(bySize)}`]),
      ...(slack === 0
        ? []
        : [`segments: ${partitions} × ${sizeText(slack / partitions)} not droppable yet`]),
    ],
  };
}

function byCompaction(
  { average, eventSize, keys, partitions, segment }: Written,
  dirty: number,
): Kept {
  const distinct = keys ?? average * 24;
  const kept = distinct * eventSize;
  // With a ratio of 1 nothing would ever be compacted; a hundred times is as good as never.
  const waiting = kept * Math.min(dirty / (1 - dirty), 100);
  const source = keys === undefined ? "as many as events in a day, an estimate" : "declared";
  return {
    kept,
    slack: waiting + segment * partitions,
    lines: [
      `kept: ${figures(distinct)} keys (${source}) × ${sizeText(eventSize)} = ${sizeText(kept)}`,
      `not compacted yet: ${sizeText(waiting)} (a dirty ratio of ${dirty}), and ${partitions} ` +
        `segments of ${sizeText(segment)} that are written to`,
    ],
  };
}

/** A topic that is both compacted and dropped keeps the less of the two. */
function smaller(one: Kept | undefined, other: Kept | undefined): Kept {
  if (!one || !other) return (one ?? other) as Kept;
  return one.kept + one.slack < other.kept + other.slack ? one : other;
}
