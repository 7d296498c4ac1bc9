import { expect, it } from "vitest";
import { killController } from "../scenarios/kill-broker.ts";
import { wipedDisk } from "../scenarios/wiped-disk.ts";
import { table } from "./table.ts";

it("shows what came of each scenario, and which has not been run", () => {
  const verdict = {
    ...{ sent: 61_000, acknowledged: 61_000, failed: 0, complaints: [] },
    faults: { lost: 0, duplicated: 1, reordered: 0, displaced: 0, unknown: 0 },
    ...{ p50Ms: 7, p99Ms: 1450, worst10sP99Ms: 8000, longestGapMs: 9340, underMinIsrMs: 0 },
    ...{ longestGapOf: "t-3", longestGapBeganMs: 12_000 },
  };
  const result = {
    ...{ name: "wiped-disk", title: "a disk wiped", kind: "broker" as const },
    ...{ at: "2026-01-31T12:00:00.000Z", seconds: 90, verdict },
    measured: [{ what: "back in sync", seconds: 33.3, limit: 60 }],
    broken: ["1 duplicated"],
  };
  expect(
    table([
      [wipedDisk, result],
      [killController, undefined],
    ]).split("\n"),
  ).toEqual([
    "| scenario | what happens | acknowledged | lost | twice | out of order | refused | p50 | p99 | p99, worst 10 s | longest gap | under min ISR | besides | verdict |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    "| `wiped-disk` | a disk wiped | 61,000 | 0 | 1 | 0 | 0 | 7 ms | 1.4 s | 8.0 s | 9.3 s | 0 ms | back in sync: 33.3 s | **broken** |",
    "| `kill-controller` | kill -9 of the active controller |  |  |  |  |  |  |  |  |  |  |  | not run |",
  ]);
});
