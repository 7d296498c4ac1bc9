import { describe, expect, it } from "vitest";
import { brokenPromises } from "./scenario.ts";

const GOOD = { complaints: [], failed: 0, worst10sP99Ms: 1999, longestGapMs: 15_000 };

describe("brokenPromises", () => {
  it("is empty at the limits", () => {
    for (const kind of ["planned", "broker", "cluster"] as const) {
      expect(brokenPromises({ kind }, GOOD, [{ what: "in sync", seconds: 60, limit: 60 }])).toEqual(
        [],
      );
    }
  });

  it("tells records that are wrong, whatever the kind", () => {
    const verdict = { ...GOOD, complaints: ["1 lost by librdkafka: 4 of producer 0"] };
    for (const kind of ["planned", "broker", "cluster"] as const) {
      expect(brokenPromises({ kind }, verdict, [])).toEqual(verdict.complaints);
    }
  });

  it("holds planned operations to the latency and to no refusal", () => {
    const verdict = { ...GOOD, failed: 2, worst10sP99Ms: 2000, longestGapMs: 90_000 };
    expect(brokenPromises({ kind: "planned" }, verdict, [])).toEqual([
      "2 records were refused",
      "p99 of the worst 10 s is 2.0 s; wanted: under 2.0 s",
    ]);
  });

  it("holds the loss of a broker to the time until writes are accepted", () => {
    const verdict = { ...GOOD, failed: 2, worst10sP99Ms: 14_000, longestGapMs: 15_100 };
    expect(brokenPromises({ kind: "broker" }, verdict, [])).toEqual([
      "a partition took nothing for 15.1 s; wanted: at most 15.0 s",
    ]);
    expect(brokenPromises({ kind: "cluster" }, verdict, [])).toEqual([]);
  });

  it("takes what could not be measured as broken", () => {
    const nothing = { ...GOOD, worst10sP99Ms: NaN, longestGapMs: NaN };
    expect(brokenPromises({ kind: "planned" }, nothing, [])).toHaveLength(1);
    expect(brokenPromises({ kind: "broker" }, nothing, [])).toHaveLength(1);
  });

  it("holds a scenario to limits of its own", () => {
    const measured = [
      { what: "back in sync", seconds: 61.5, limit: 60 },
      { what: "formatted", seconds: 900 },
    ];
    expect(brokenPromises({ kind: "broker" }, GOOD, measured)).toEqual([
      "back in sync: 61.5 s; wanted: at most 60.0 s",
    ]);
  });
});
