import { describe, expect, it } from "vitest";
import { type Delivery, measure, quantile } from "./measures.ts";

const delivery = (sentMs: number, latencyMs: number, partition = 0): Delivery => ({
  ...{ topic: "t", partition, sentMs, latencyMs },
});

/** A record every 20 ms for so many seconds, from a moment on. */
const steady = (seconds: number, latencyMs: number, fromMs = 0): Delivery[] =>
  Array.from({ length: seconds * 50 }, (_, at) => delivery(fromMs + at * 20, latencyMs));

describe("quantile", () => {
  it("is the smallest value that the share does not exceed", () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100]);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.99)).toBeNaN();
  });
});

describe("measure", () => {
  it("tells the worst ten seconds from the whole", () => {
    const deliveries = [...steady(60, 5), ...steady(3, 900, 60_000), ...steady(540, 5, 63_000)];
    const { p50Ms, p99Ms, worst10sP99Ms } = measure(deliveries, []);
    expect({ p50Ms, p99Ms, worst10sP99Ms }).toEqual({ p50Ms: 5, p99Ms: 5, worst10sP99Ms: 900 });
  });

  it("takes a run of less than ten seconds as one window", () => {
    expect(measure([delivery(0, 1), delivery(10, 30)], []).worst10sP99Ms).toBe(30);
  });

  it("sees a partition that took nothing while others went on", () => {
    const silent = [delivery(0, 10, 1), delivery(7000, 500, 1)];
    expect(measure([...steady(10, 5), ...silent], [])).toMatchObject({
      ...{ longestGapMs: 7490, longestGapOf: "t-1", longestGapBeganMs: 10 },
    });
    expect(measure(steady(10, 5), []).longestGapMs).toBe(20);
  });

  it("counts a gap by acknowledgements, not by when records were sent", () => {
    expect(measure([delivery(0, 5), delivery(20, 9000), delivery(40, 9000)], []).longestGapMs).toBe(
      9015,
    );
  });

  it("adds up the time under min ISR, from each sample to the next", () => {
    const sample = (atMs: number, underMinIsr: number) => ({ atMs, underMinIsr, leaderless: 0 });
    const samples = [
      sample(0, 0),
      sample(500, 3),
      sample(1000, 1),
      sample(4000, 0),
      sample(4500, 2),
    ];
    expect(measure(steady(1, 5), samples).underMinIsrMs).toBe(3500);
  });

  it("measures nothing where nothing was acknowledged, and says so", () => {
    expect(() => measure([], [])).toThrow("no record was acknowledged");
  });
});
