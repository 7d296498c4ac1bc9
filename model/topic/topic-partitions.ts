import { z } from "zod";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import { size } from "../values/values.ts";

/** From here on a declaration has to say why: each costs memory, files and time, and none can be taken back. */
export const USUAL_MOST = 60;
/** Kafka refuses a request for more. */
const MOST = 10_000;

const WITH_REASON = `more as { count, reason }, up to Kafka's own ${MOST.toLocaleString("en-US")}`;

const count = z
  .int({ error: "a whole number of partitions" })
  .min(1, { error: "at least 1 partition" })
  .max(USUAL_MOST, { error: `at most ${USUAL_MOST} partitions; ${WITH_REASON}` });

const reason = z
  .string({ error: "a sentence that says why" })
  .min(1, { error: "a sentence that says why" })
  .describe(`Why there are more than ${USUAL_MOST}.`);

const many = z.strictObject({
  count: z
    .int({ error: "a whole number of partitions" })
    .min(1, { error: "at least 1 partition" })
    .max(MOST, { error: `at most ${MOST.toLocaleString("en-US")} partitions, Kafka's own limit` }),
  reason,
});

const demand = z.strictObject({
  throughputPerSecond: size.describe("What is written in a second at the peak."),
  perPartition: size.prefault("10 MiB").describe("What one partition takes in a second."),
  consumers: z
    .int()
    .positive({ error: "at least 1 consumer" })
    .describe("Members of the largest consumer group: each needs a partition to be of use."),
  atLeast: count
    .prefault(1)
    .describe("Floor, for growth: partitions are easy to add only while no key depends on them."),
});

/** What a number of partitions follows from; amounts in bytes. */
export type PartitionDemand = DeepReadonly<z.output<typeof demand>>;

/** Partitions as they are declared. */
export type DeclaredPartitions = number | DeepReadonly<z.output<typeof many>> | PartitionDemand;

/** The largest of what throughput, consumers and the floor ask for. */
export function partitionsFor(demand: PartitionDemand): number {
  const { throughputPerSecond, perPartition, consumers, atLeast } = demand;
  return Math.max(Math.ceil(throughputPerSecond / perPartition), consumers, atLeast, 1);
}

const limitedDemand = demand.refine((asked) => count.safeParse(partitionsFor(asked)).success, {
  error: `what at most ${USUAL_MOST} partitions are enough for; ${WITH_REASON}`,
});

/** A number of partitions, that with the reason for many, or what it follows from. */
export const partitionsSchema = z.union([count, many, limitedDemand], {
  error: ({ input }) =>
    typeof input === "number"
      ? `a whole number of partitions, 1 to ${USUAL_MOST}`
      : `a number of partitions, { count, reason }, or throughputPerSecond and consumers that need at most ${USUAL_MOST}`,
});

/** What the number follows from. @returns undefined for a declaration that names it */
export const demandOf = (declared: DeclaredPartitions): PartitionDemand | undefined =>
  typeof declared === "number" || "count" in declared ? undefined : declared;

/** Why there are as many, where the declaration says so. */
export const reasonOf = (declared: DeclaredPartitions): string | undefined =>
  typeof declared !== "number" && "count" in declared ? declared.reason : undefined;

/** The number of partitions of a declaration that names it, or what it follows from. */
export function partitionCount(declared: DeclaredPartitions): number {
  if (typeof declared === "number") return declared;
  return "count" in declared ? declared.count : partitionsFor(declared);
}
