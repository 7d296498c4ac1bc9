import fc from "fast-check";
import { expect, test } from "vitest";
import {
  partitionCount,
  partitionsFor,
  partitionsSchema,
  reasonOf,
} from "../../../model/topic/topic-partitions.ts";

const MB = 1_000_000;

test.each([
  ["1 GB/s at 50 MB/s each takes 20 partitions", 1_000 * MB, 50 * MB, 1, 1, 20],
  ["what does not divide is rounded up", 101 * MB, 10 * MB, 1, 1, 11],
  ["more consumers than the throughput needs have a partition each", 20 * MB, 10 * MB, 9, 1, 9],
  ["there are never fewer than the floor", 20 * MB, 10 * MB, 3, 6, 6],
])("%s", (_, throughputPerSecond, perPartition, consumers, atLeast, partitions) => {
  expect(partitionsFor({ throughputPerSecond, perPartition, consumers, atLeast })).toBe(partitions);
});

test("there are enough for the throughput and for every consumer, and not one more", () => {
  const amount = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(amount, amount, amount, amount, (throughput, each, consumers, atLeast) => {
      const demand = { throughputPerSecond: throughput, perPartition: each, consumers, atLeast };
      const enough = (count: number) =>
        count * each >= throughput && count >= consumers && count >= atLeast;
      const partitions = partitionsFor(demand);
      expect(enough(partitions)).toBe(true);
      expect(enough(partitions - 1)).toBe(false);
    }),
  );
});

test("more than 60 partitions are declared with a reason, up to Kafka's own limit", () => {
  const wanted = (given: unknown) =>
    partitionsSchema.safeParse(given).error?.issues.map(({ message }) => message);
  expect(wanted(60)).toBeUndefined();
  const many = { count: 96, reason: "96 machines, each with a partition." };
  const declared = partitionsSchema.parse(many);
  expect([partitionCount(declared), reasonOf(declared)]).toEqual([96, many.reason]);
  expect(partitionsSchema.safeParse({ ...many, count: 10_000 }).success).toBe(true);
  expect(partitionsSchema.safeParse({ ...many, count: 10_001 }).success).toBe(false);
  expect(partitionsSchema.safeParse({ ...many, reason: "" }).success).toBe(false);
  expect(partitionsSchema.safeParse({ count: 96 }).success).toBe(false);
});
