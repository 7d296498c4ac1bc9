import { figures, sizeText } from "../values/amount-text.ts";
import type { PartitionDemand } from "../topic/topic-partitions.ts";
import type { TopicVolume } from "./topic-storage.ts";
import { MIB } from "../values/units.ts";

/** What a topic's number of partitions should be at least, and why. */
export interface PartitionSizing {
  readonly declared: number;
  /** What throughput and consumers need: with fewer the topic cannot keep up. */
  readonly needed: number;
  /** What is usual for so many records a second. */
  readonly usual: number;
  /** Bytes written in a second, at the peak. */
  readonly throughput: number;
  readonly arithmetic: readonly string[];
}

const SECONDS = 3_600;

/** What one partition takes in a second where a declaration does not say. */
const PER_PARTITION = 10 * MIB;

/** Partitions that are usual from so many records a second on. */
const USUAL = [
  { above: 100, partitions: 6 },
  { above: 10, partitions: 3 },
  { above: 0, partitions: 1 },
] as const;

/**
 * Three rules: what is written in a second over what one partition takes; the members of the largest
 * consumer group, each of which needs one; and by records a second what is usual: 1 below 10, 3 up to
 * 100, 6 above.
 */
export function partitionSizing(
  declared: number,
  { eventsPerHour: { to }, eventSize }: TopicVolume,
  demand?: PartitionDemand,
): PartitionSizing {
  const perPartition = demand?.perPartition ?? PER_PARTITION;
  const records = to / SECONDS;
  const throughput = Math.max(records * eventSize, demand?.throughputPerSecond ?? 0);
  const byThroughput = Math.max(Math.ceil(throughput / perPartition), 1);
  const consumers = demand?.consumers ?? 1;
  const usual = USUAL.find(({ above }) => records > above)?.partitions ?? 1;
  return {
    declared,
    usual,
    throughput,
    needed: Math.max(byThroughput, consumers),
    arithmetic: [
      `throughput: ${sizeText(throughput)}/s ÷ ${sizeText(perPartition)}/s a partition → ${byThroughput}`,
      ...(demand ? [`consumers: ${consumers}; at least: ${demand.atLeast}`] : []),
      `records: ${figures(records)}/s, for which ${usual} ${usual === 1 ? "is" : "are"} usual`,
      `partitions: ${declared} declared`,
    ],
  };
}
