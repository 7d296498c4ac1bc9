import { expect, test } from "vitest";
import { ALERT_CASES } from "./alert-cases.ts";
import { INPUT } from "./alerting-input.ts";
import { type Mutant, mutantsOf } from "./mutations.ts";
import { hasTool } from "./promtool.ts";
import { type Alert, alertsOf, conditionOf, stepOf } from "./rule-tests.ts";
import { tryMutants } from "./survivors.ts";

const alerts = new Map(alertsOf(INPUT).map((alert) => [conditionOf(alert), alert]));
const mutants = (name: string): Mutant[] =>
  mutantsOf(alerts.get(name) as Alert, stepOf(ALERT_CASES[name] ?? []));

test("every rule is spoilt in at least ten ways, none of which is what it was", () => {
  for (const [name, alert] of alerts) {
    if (name.startsWith("Watchdog")) continue;
    const all = mutants(name);
    expect(all.length, name).toBeGreaterThanOrEqual(10);
    for (const one of all) expect(one.alert, `${name}: ${one.change}`).not.toEqual(alert);
  }
});

// `npm run test:mutations` tries those of every rule: minutes of it.
test.skipIf(!hasTool("promtool")).each(["KafkaBrokerDown critical", "KafkaConsumerLag critical"])(
  "whatever is spoilt in %s is noticed",
  async (name) => {
    const alert = alerts.get(name) as Alert;
    const { tried, survivors } = await tryMutants(
      alert,
      mutants(name),
      ALERT_CASES[name] ?? [],
      INPUT,
    );
    expect(survivors).toEqual([]);
    expect(tried).toBeGreaterThanOrEqual(20);
  },
);

test.skipIf(!hasTool("promtool"))("what no case would notice is found", async () => {
  const name = "KafkaBrokerDown critical";
  const alert = alerts.get(name) as Alert;
  const silent = (ALERT_CASES[name] ?? []).filter(({ fires = [] }) => fires.length === 0);
  const { survivors } = await tryMutants(alert, mutants(name), silent, INPUT);
  expect(survivors.length).toBeGreaterThan(3);
});
