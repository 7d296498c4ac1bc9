import { z } from "zod";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import { size } from "../values/values.ts";

const count = z
  .int({ error: "a whole number of partitions" })
  .min(1, { error: "at least 1 partition" })
  .max(60, { error: "at most 60 partitions; more need a reason and a plan" });

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

/** The largest of what throughput, consumers and the floor ask for. */
export function partitionsFor(demand: PartitionDemand): number {
  const { throughputPerSecond, perPartition, consumers, atLeast } = demand;
  return Math.max(Math.ceil(throughputPerSecond / perPartition), consumers, atLeast, 1);
}

const limitedDemand = demand.refine((asked) => count.safeParse(partitionsFor(asked)).success, {
  error: "what at most 60 partitions are enough for; more need a reason and a plan",
});

/** A number of partitions, or what it follows from. */
export const partitionsSchema = z.union([count, limitedDemand], {
  error: ({ input }) =>
    typeof input === "number"
      ? "a whole number of partitions, 1 to 60"
      : "a number of partitions, or throughputPerSecond and consumers that need at most 60",
});

/** The number of partitions of a declaration that names it, or what it follows from. */
export const partitionCount = (declared: number | PartitionDemand): number =>
  typeof declared === "number" ? declared : partitionsFor(declared);
