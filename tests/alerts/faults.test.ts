import { describe, expect, it } from "vitest";
import { CRITICAL_CONDITIONS, calledWithin, conditionOf, resolvedWithin } from "./conditions.ts";
import { awaitedOf, gaps } from "./coverage.ts";
import { FAULTS, NOT_CAUSED } from "./faults.ts";

const NOTHING = { uncovered: [], excusedInVain: [] };

describe("the faults that prove alerts", () => {
  it("cause every critical alert, or somebody says why none does", () => {
    expect(CRITICAL_CONDITIONS.length).toBeGreaterThan(15);
    expect(gaps(FAULTS, NOT_CAUSED)).toEqual(NOTHING);
    for (const { why } of NOT_CAUSED) expect(why.length).toBeGreaterThan(40);
  });

  it("would be missed: an alert without its fault, and an excuse for one that is caused", () => {
    const without = FAULTS.filter(({ name }) => name !== "two-brokers");
    expect(gaps(without, NOT_CAUSED).uncovered).toEqual(
      expect.arrayContaining(["KafkaNoActiveController", "KafkaUncleanElection"]),
    );
    const excused = [...NOT_CAUSED, { alert: "KafkaNoActiveController" }];
    expect(gaps(FAULTS, excused).excusedInVain).toEqual(["KafkaNoActiveController"]);
  });

  it("have names of their own, and each waits for an alert in every stage", () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    for (const { stages } of FAULTS) {
      for (const stage of stages) expect(awaitedOf({ stages: [stage] })).not.toEqual([]);
    }
  });
});

describe("the times that are wanted", () => {
  it("are three minutes, or a minute more than an alert waits", () => {
    expect(calledWithin(conditionOf({ alert: "KafkaUncleanElection" }))).toBe(180);
    expect(calledWithin(conditionOf({ alert: "KafkaBrokerDown" }))).toBe(180);
    expect(calledWithin(conditionOf({ alert: "KafkaBrokersMissing" }))).toBe(360);
  });

  it("leave what an expression remembers to the end of an alert", () => {
    const plain = resolvedWithin(conditionOf({ alert: "KafkaBrokerDown" }));
    expect(resolvedWithin(conditionOf({ alert: "KafkaUncleanElection" })) - plain).toBe(600);
    const burn = conditionOf({ alert: "KafkaErrorBudgetBurn", labels: { window: "1h" } });
    expect(resolvedWithin(burn) - plain).toBe(300);
  });

  it("are of one condition: what is none, or several, is refused", () => {
    expect(() => conditionOf({ alert: "KafkaDeadLetters" })).toThrow("0 critical conditions");
    expect(() => conditionOf({ alert: "AlertsNotDelivered" })).toThrow("2 critical conditions");
  });
});
