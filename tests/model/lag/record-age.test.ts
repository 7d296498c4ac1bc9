import { expect, it } from "vitest";
import { EndOffsets } from "../../../model/lag/end-offsets.ts";
import { type FoundRecord, recordAge } from "../../../model/lag/record-age.ts";

const NOW = 100_000;
const nothing = (): undefined => undefined;
const found = (records: Readonly<Record<number, FoundRecord>>) => (from: number) => records[from];

/** Looks at 90, 92, … s that saw one record each, the first of them offset 50. */
function ring(): EndOffsets {
  const ends = new EndOffsets();
  for (let look = 0; look <= 5; look += 1) ends.note(50 + look, 90_000 + look * 2_000);
  return ends;
}

const bounds = { oldest: 10, end: 55 };

it("is 0 for a group that has read everything", () => {
  expect(recordAge(55, bounds, ring(), nothing, NOW)).toEqual({ ageMs: 0, withinMs: 0 });
});

it("comes from the looks alone for a record that is younger than they are", () => {
  // Offset 52 came between the looks at 94 s and 96 s.
  expect(recordAge(52, bounds, ring(), nothing, NOW)).toEqual({ ageMs: 5_000, withinMs: 1_000 });
});

it("does not believe a producer that stamps its records with another time", () => {
  const copied = found({ 52: { offset: 52, timestamp: 5 } });
  expect(recordAge(52, bounds, ring(), copied, NOW)?.ageMs).toBe(5_000);
});

it("is not known for a record from before the first look, until the record was read", () => {
  expect(recordAge(20, bounds, ring(), nothing, NOW)).toBeUndefined();
  const read = found({ 20: { offset: 20, timestamp: 40_000 } });
  expect(recordAge(20, bounds, ring(), read, NOW)).toEqual({ ageMs: 60_000, withinMs: 0 });
});

it("keeps the time of a record within what the looks allow", () => {
  const future = found({ 20: { offset: 20, timestamp: 900_000 } });
  expect(recordAge(20, bounds, ring(), future, NOW)?.ageMs).toBe(10_000);
});

it("takes the middle where the looks are far apart and the record is stamped with another time", () => {
  const ends = new EndOffsets();
  ends.note(50, 60_000);
  ends.note(55, 90_000);
  const stamped = (timestamp: number) => found({ 52: { offset: 52, timestamp } });
  expect(recordAge(52, bounds, ends, stamped(80_000), NOW)?.ageMs).toBe(20_000);
  expect(recordAge(52, bounds, ends, stamped(5), NOW)).toEqual({ ageMs: 25_000, withinMs: 15_000 });
});

it("is 0 where nothing but markers and removed records lies after the position", () => {
  const markers = found({ 54: { offset: 55, timestamp: undefined } });
  expect(recordAge(54, bounds, ring(), markers, NOW)?.ageMs).toBe(0);
});

it("is that of the next readable record where markers lie before it", () => {
  const skipped = found({ 51: { offset: 54, timestamp: undefined } });
  // Offset 54 came between 98 s and 100 s.
  expect(recordAge(51, bounds, ring(), skipped, NOW)?.ageMs).toBe(1_000);
});

it("is that of the oldest record left where retention has overtaken the group, or the topic is another", () => {
  const oldest = found({ 10: { offset: 10, timestamp: 30_000 } });
  expect(recordAge(3, bounds, ring(), oldest, NOW)?.ageMs).toBe(70_000);
  expect(recordAge(7_000, bounds, ring(), oldest, NOW)?.ageMs).toBe(70_000);
});
