import { describe, expect, test } from "vitest";
import { renderRuleFile, ruleFile } from "../../../model/alerting/rule-file.ts";
import type { AlertCase } from "./alert-case.ts";
import { ALERT_CASES } from "./alert-cases.ts";
import { INPUT } from "./alerting-input.ts";
import { hasTool, titled, withFiles } from "./promtool.ts";
import {
  type Alert,
  alertsOf,
  boundaryOf,
  conditionOf,
  promtoolTest,
  recordingsFor,
  renamed,
  testFile,
} from "./rule-tests.ts";

const alerts = new Map(alertsOf(INPUT).map((alert) => [conditionOf(alert), alert]));

/** What promtool says of cases of one alert; nothing where all hold. */
async function failures(alert: Alert, cases: readonly AlertCase[]): Promise<string> {
  const rules = [renamed(alert, "labels"), renamed(alert, "texts", true)];
  // In one group: promtool evaluates groups in any order.
  const groups = [{ name: "one", rules: [...recordingsFor(alert.expr, INPUT), ...rules] }];
  const byInterval = Object.groupBy(cases, ({ interval = "15s" }) => interval);
  const results = Object.values(byInterval).map((some) => {
    const tests = some.flatMap((one) => [
      promtoolTest(one, alert, ["labels"]),
      ...(one.says === undefined
        ? []
        : [promtoolTest(boundaryOf(one), alert, ["texts"], [one.says].flat())]),
    ]);
    const files = { "rules.yml": { groups }, "test.yml": testFile(tests) };
    return withFiles("promtool", files, "test", "rules", "test.yml");
  });
  const all = await Promise.all(results);
  return all.flatMap(({ ok, output }) => (ok ? [] : [output])).join("\n");
}

describe("every alert", () => {
  test("has cases, and every case an alert", () => {
    expect(Object.keys(ALERT_CASES).sort()).toEqual([...alerts.keys()].sort());
  });

  test("has a case in which it fires at its boundary, one in which it is silent, and a text that is looked at", () => {
    const lacking = Object.entries(ALERT_CASES).flatMap(([name, cases]) => [
      ...(cases.some(({ since, fires = [] }) => since !== undefined && fires.length > 0)
        ? []
        : [`${name}: never fires`]),
      ...(cases.some(({ fires = [] }) => fires.length === 0) || name.startsWith("Watchdog")
        ? []
        : [`${name}: never silent`]),
      ...(cases.some(({ says }) => says !== undefined) ? [] : [`${name}: says nothing`]),
    ]);
    expect(lacking).toEqual([]);
  });
});

describe.skipIf(!hasTool("promtool"))(titled("promtool", "promtool"), () => {
  test("finds nothing to object to in the rules", async () => {
    const files = { "rules.yml": renderRuleFile(ruleFile(INPUT)) };
    const given = ["check", "rules", "--lint=all", "--lint-fatal", "rules.yml"];
    const { ok, output } = await withFiles("promtool", files, ...given);
    expect(ok, output).toBe(true);
  });

  test.each(Object.entries(ALERT_CASES))(
    "%s fires and is silent as its cases say",
    async (name, cases) => {
      const alert = alerts.get(name) as Alert;
      expect(await failures(alert, cases)).toBe("");
    },
  );

  test("objects to a case that does not hold", async () => {
    const [name, [one]] = Object.entries(ALERT_CASES)[0] as [string, readonly [AlertCase]];
    const planted = { ...one, fires: [{ broker: "2" }] };
    expect(await failures(alerts.get(name) as Alert, [planted])).toContain("FAILED");
  });
});
