import { durationText, figures, sizeText } from "../values/amount-text.ts";
import type { Environment } from "../values/environment.ts";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import type { Topic, WrittenTopic } from "../topic/topic-declaration.ts";
import { isTiered } from "../topic/topic-config.ts";
import {
  inEnvironment,
  type TopicDeclaration,
  type TopicSpec,
  topicSpec,
} from "../topic/topic-spec.ts";
import { MILLISECONDS } from "../values/units.ts";
import { CHECK_INTERVAL, type Segments, segmentsOf, setting } from "./segments.ts";

/** How much is written to a topic. */
export type TopicVolume = DeepReadonly<
  Pick<Topic, "eventSize" | "keys"> & {
    eventsPerHour: Omit<WrittenTopic["eventsPerHour"], "from"> & { from?: number };
  }
>;

/** What a topic takes on disk, in bytes. */
export interface TopicStorage {
  /** Records of one copy that are kept on purpose. */
  readonly kept: number;
  /** Besides, in one copy, at the most: what cannot go yet, because whole segments go, and not at once. */
  readonly slack: number;
  /** How long a record stays at the most, where its age is why it goes; in milliseconds. */
  readonly longest?: number | undefined;
  readonly copies: number;
  /** All copies. */
  readonly total: number;
  /** On the broker that has most of it, with the copies spread evenly. */
  readonly perBroker: number;
  /** How these figures come about, a line each. */
  readonly arithmetic: readonly string[];
}

const { h: HOUR, d: DAY } = MILLISECONDS;
/** Of a topic that is never emptied, what this long brings is planned. */
const HORIZON = 365 * DAY;

/**
 * The most that a topic takes on the disks of so many brokers once it is full.
 *
 * Dropped by age or size: rate times retention, at most `retentionSize` a partition; one whole segment more,
 * because a segment goes when its newest record is too old; and what comes until Kafka looks, and until
 * it removes the files. Compacted: the latest record of each key, what `min.cleanable.dirty.ratio` lets wait
 * beside it, the segment that is written to, which is never compacted, and while it is compacted all
 * keys once more, because the old files go a while after the new ones are there.
 *
 * @param checkInterval how often the brokers look what can go
 */
export function topicStorage(
  topic: TopicDeclaration & TopicVolume,
  environment: Environment,
  brokers: number,
  checkInterval: number = CHECK_INTERVAL,
): TopicStorage {
  const spec = topicSpec(topic, environment, brokers);
  const { partitions, replicationFactor: copies } = spec;
  const { to, average = to, from = average, given = false } = topic.eventsPerHour;
  const perHour = average * topic.eventSize;
  const declared = inEnvironment(topic, environment);
  const written = {
    ...declared,
    ...onBrokers(spec),
    keptFor: declared.retention,
    ...{ perHour, average, partitions },
    segments: segmentsOf(spec, perHour / partitions),
    // Where little comes, a segment takes longest to fill.
    slowest: segmentsOf(spec, (from * topic.eventSize) / partitions),
    droppedAfter: checkInterval,
    removedAfter: setting(spec, "file.delete.delay.ms"),
  };
  const dropped = topic.cleanup === "compact" ? undefined : byRetention(written);
  const compacted =
    topic.cleanup === "delete"
      ? undefined
      : byCompaction(written, setting(spec, "min.cleanable.dirty.ratio"));
  const { kept, slack: uncopied, longest, lines } = smaller(dropped, compacted);
  // While it is compacted the new files stand beside the old ones.
  const copied = compacted === undefined ? 0 : kept;
  const slack = uncopied + copied;
  const replica = (kept + slack) / partitions;
  const total = (kept + slack) * copies;
  const perBroker = replica * Math.ceil((partitions * copies) / brokers);
  return {
    kept,
    slack,
    longest,
    copies,
    total,
    perBroker,
    arithmetic: [
      `volume: ${average.toLocaleString("en-US")} events/h (${given ? "given" : "estimate"}) × ` +
        `${sizeText(topic.eventSize)} = ${sizeText(perHour)}/h`,
      ...lines,
      ...(copied === 0
        ? []
        : [`while it is compacted: ${sizeText(copied)} is written anew beside it`]),
      `copies: ${sizeText(kept + slack)} × ${copies} = ${sizeText(total)} on ${brokers} ` +
        `${brokers === 1 ? "broker" : "brokers"}, at most ${sizeText(perBroker)} on one`,
    ],
  };
}

/** What brokers keep themselves, where older segments go to a store. */
function onBrokers(spec: TopicSpec): { retention?: number; retentionSize?: number } {
  if (!isTiered(spec.config)) return {};
  const [time, size] = [
    setting(spec, "local.retention.ms"),
    setting(spec, "local.retention.bytes"),
  ];
  return {
    ...(time !== AS_THE_TOPIC && { retention: time }),
    ...(size > 0 && { retentionSize: size }),
  };
}

const AS_THE_TOPIC = -2;

interface Kept {
  readonly kept: number;
  readonly slack: number;
  readonly longest?: number;
  readonly lines: readonly string[];
}

interface Written extends Omit<TopicDeclaration, "partitions">, TopicVolume {
  readonly perHour: number;
  readonly average: number;
  readonly partitions: number;
  /** How long records are kept in all, on brokers or in a store. */
  readonly keptFor?: number | undefined;
  /** Of each partition, at the average rate. */
  readonly segments: Segments;
  /** The same at the lowest rate. */
  readonly slowest: Segments;
  /** Until Kafka has seen that a segment can go. */
  readonly droppedAfter: number;
  /** From then until its files are gone. */
  readonly removedAfter: number;
}

function byRetention(topic: Written): Kept {
  const { perHour, partitions, segments, slowest, droppedAfter, removedAfter } = topic;
  const { retention = HORIZON, retentionSize, keptFor = retention } = topic;
  const [isEndless, endsNever] = [retention === -1, keptFor === -1];
  const time = isEndless ? HORIZON : retention;
  const byTime = (perHour * time) / HOUR;
  const bySize = (retentionSize ?? Infinity) * partitions;
  const kept = Math.min(byTime, bySize);
  const never = isEndless ? " (never dropped: what a year brings)" : "";
  const lines = [
    `kept: ${sizeText(perHour)}/h × ${durationText(time)} = ${sizeText(byTime)}${never}`,
    ...(retentionSize === undefined
      ? []
      : [`at most: ${partitions} partitions × ${sizeText(retentionSize)} = ${sizeText(bySize)}`]),
  ];
  // What is never dropped has no segment that waits to be.
  if (isEndless && kept === byTime) return { kept, slack: 0, lines };
  const late = (perHour * (droppedAfter + removedAfter)) / HOUR;
  const longest = keptFor + slowest.fillTime + droppedAfter;
  return {
    kept,
    slack: segments.bytes * partitions + late,
    ...(!endsNever && topic.cleanup === "delete" && { longest }),
    lines: [
      ...lines,
      `segments: ${partitions} × ${sizeText(segments.bytes)}, each of which goes as a whole`,
      `until files are gone: ${durationText(droppedAfter + removedAfter)} more, ${sizeText(late)}`,
      ...(endsNever || topic.cleanup !== "delete"
        ? []
        : [
            `a record stays: ${durationText(keptFor)}, and at most ${durationText(slowest.fillTime)} until ` +
              `its segment is full and ${durationText(droppedAfter)} until Kafka looks`,
          ]),
    ],
  };
}

function byCompaction(
  { average, eventSize, keys, partitions, segments }: Written,
  dirty: number,
): Kept {
  const distinct = keys ?? average * 24;
  const kept = distinct * eventSize;
  // With a ratio of 1 nothing would ever be compacted; a hundred times is as good as never.
  const waiting = kept * Math.min(dirty / (1 - dirty), 100);
  const source = keys === undefined ? "as many as events in a day, an estimate" : "declared";
  return {
    kept,
    slack: waiting + segments.bytes * partitions,
    lines: [
      `kept: ${figures(distinct)} keys (${source}) × ${sizeText(eventSize)} = ${sizeText(kept)}`,
      `not compacted yet: ${sizeText(waiting)} (a dirty ratio of ${dirty}), and ${partitions} ` +
        `segments of ${sizeText(segments.bytes)} that are written to`,
    ],
  };
}

/** A topic that is both compacted and dropped keeps the less of the two. */
function smaller(one: Kept | undefined, other: Kept | undefined): Kept {
  if (!one || !other) return (one ?? other) as Kept;
  return one.kept + one.slack < other.kept + other.slack ? one : other;
}
