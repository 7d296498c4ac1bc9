import { expect, it } from "vitest";
import { secondsToDataLoss, StartMovement } from "../../../model/lag/data-loss.ts";
import { lagRecords, nextOffset, overtaken } from "../../../model/lag/position.ts";
import { Progress, secondsToZero } from "../../../model/lag/progress.ts";

const bounds = { oldest: 100, end: 1_000 };

it("counts from the position to the end, from the oldest record left where that is later", () => {
  expect([1_000, 900, 100, 40].map((at) => lagRecords(at, bounds))).toEqual([0, 100, 900, 900]);
  expect(overtaken(40, bounds)).toBe(60);
  expect(overtaken(100, bounds)).toBe(0);
});

it("takes a position beyond the end for one in a topic that was made anew: all of it is unread", () => {
  expect(nextOffset(5_000, bounds)).toBe(100);
  expect(lagRecords(5_000, bounds)).toBe(900);
  expect(overtaken(5_000, bounds)).toBe(0);
});

/** A group that reads `consumed` a second of a partition that grows by `produced`, from a lag of 9,000. */
function paced(consumed: number, produced: number, seconds: number): [number, Progress] {
  const progress = new Progress();
  let lag = 9_000;
  for (let at = 0; at <= seconds; at += 15) {
    const [committed, end] = [10_000 + consumed * at, 19_000 + produced * at];
    lag = end - committed;
    progress.note(committed, end, at * 1000);
  }
  return [lag, progress];
}

it("foretells the time to zero within 10 % at constant rates, at any time", () => {
  for (const seconds of [15, 60, 75, 120, 150, 165]) {
    const [lag, progress] = paced(60, 20, seconds);
    const truth = lag / 40;
    const told = secondsToZero(lag, progress.rates);
    expect(Math.abs(Number(told) - truth) / truth).toBeLessThan(0.1);
  }
});

it("says never of a lag that does not shrink, and nothing before two looks", () => {
  const [lag, progress] = paced(20, 20, 60);
  expect(secondsToZero(lag, progress.rates)).toBe(Infinity);
  expect(secondsToZero(5, undefined)).toBeUndefined();
  expect(secondsToZero(0, undefined)).toBe(0);
});

it("says 0 of a group that keeps up: what it lags by is under way", () => {
  expect(secondsToZero(100, { consumed: 20, produced: 20 })).toBe(0);
  expect(secondsToZero(400, { consumed: 20, produced: 20 })).toBe(Infinity);
});

it("forgets the pace when a position goes back", () => {
  const [, progress] = paced(60, 20, 60);
  progress.note(5, 20_000, 75_000);
  expect(progress.rates).toBeUndefined();
});

const facts = {
  committed: 400,
  bounds,
  ageMs: 60_000,
  retentionMs: undefined,
  removedPerSecond: undefined,
};

it("foresees a loss by time: when the record is as old as the topic keeps records", () => {
  expect(secondsToDataLoss({ ...facts, retentionMs: 3_600_000 })).toBe(3_540);
  expect(secondsToDataLoss({ ...facts, retentionMs: 30_000 })).toBe(0);
});

it("foresees a loss by size: when the start of the partition reaches the position", () => {
  const start = new StartMovement();
  start.note(0, 0);
  start.note(50, 10_000);
  expect(start.rate(10_000)).toBeUndefined();
  start.note(100, 20_000);
  expect(start.rate(20_000)).toBe(5);
  expect(start.rate(45_000)).toBe(2);
  expect(secondsToDataLoss({ ...facts, removedPerSecond: 5 })).toBe(60);
  start.note(0, 50_000);
  expect(start.rate(50_000)).toBeUndefined();
});

it("foresees none for what is kept for ever or read already, and says 0 of what is lost", () => {
  expect(secondsToDataLoss(facts)).toBe(Infinity);
  expect(secondsToDataLoss({ ...facts, committed: 1_000, retentionMs: 1 })).toBe(Infinity);
  expect(secondsToDataLoss({ ...facts, committed: 99 })).toBe(0);
});
