import { describe, expect, it } from "vitest";
import { brokenPromises, missedTimes } from "./scenario.ts";

const GOOD = { complaints: [], failed: 0, worst10sP99Ms: 1999, longestGapMs: 15_000 };

const KINDS = ["planned", "broker", "cluster"] as const;

describe("brokenPromises", () => {
  it("is empty when all records are there, once and in order", () => {
    for (const kind of KINDS) expect(brokenPromises({ kind }, GOOD)).toEqual([]);
  });

  it("tells records that are wrong, whatever the kind", () => {
    const verdict = { ...GOOD, complaints: ["1 lost by librdkafka: 4 of producer 0"] };
    for (const kind of KINDS) {
      expect(brokenPromises({ kind }, verdict)).toEqual(verdict.complaints);
    }
  });

  it("holds planned operations to no refusal", () => {
    const verdict = { ...GOOD, failed: 2 };
    expect(brokenPromises({ kind: "planned" }, verdict)).toEqual(["2 records were refused"]);
    expect(brokenPromises({ kind: "broker" }, verdict)).toEqual([]);
  });
});

describe("missedTimes", () => {
  it("is empty at the limits", () => {
    const measured = [{ what: "in sync", seconds: 60, limit: 60 }];
    for (const kind of KINDS) expect(missedTimes({ kind }, GOOD, measured)).toEqual([]);
  });

  it("holds planned operations to the latency", () => {
    const verdict = { ...GOOD, worst10sP99Ms: 2000, longestGapMs: 90_000 };
    expect(missedTimes({ kind: "planned" }, verdict, [])).toEqual([
      "p99 of the worst 10 s is 2.0 s; wanted: under 2.0 s",
    ]);
  });

  it("holds the loss of a broker to the time until writes are accepted", () => {
    const verdict = { ...GOOD, worst10sP99Ms: 14_000, longestGapMs: 15_100 };
    expect(missedTimes({ kind: "broker" }, verdict, [])).toEqual([
      "a partition took nothing for 15.1 s; wanted: at most 15.0 s",
    ]);
    expect(missedTimes({ kind: "cluster" }, verdict, [])).toEqual([]);
  });

  it("takes what could not be measured as missed", () => {
    const nothing = { ...GOOD, worst10sP99Ms: NaN, longestGapMs: NaN };
    expect(missedTimes({ kind: "planned" }, nothing, [])).toHaveLength(1);
    expect(missedTimes({ kind: "broker" }, nothing, [])).toHaveLength(1);
  });

  it("holds a scenario to limits of its own", () => {
    const measured = [
      { what: "back in sync", seconds: 61.5, limit: 60 },
      { what: "formatted", seconds: 900 },
    ];
    expect(missedTimes({ kind: "broker" }, GOOD, measured)).toEqual([
      "back in sync: 61.5 s; wanted: at most 60.0 s",
    ]);
  });
});
