/** The reduced set of the fault scenarios: it fails by records, and only tells what was too slow. */
import { constants, setPriority } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ClusterUnderTest } from "../../faults/cluster.ts";
import { reconnect } from "../../faults/injection/network.ts";
import { tell } from "../../faults/report/tell.ts";
import { runScenario } from "../../faults/run-scenario.ts";
import { SCENARIOS } from "../../faults/scenarios.ts";
import { cluster, LONG, stack } from "./stack.ts";

export function faults(): void {
  const underTest = new ClusterUnderTest(stack);

  beforeAll(async () => {
    if (cluster.lab === undefined) return;
    await reconnect();
    // What was done to it so far has warmed it up.
    underTest.isWarm = true;
    // Whoever runs `up` is no node of a real cluster: here it takes what the brokers leave.
    setPriority(constants.priority.PRIORITY_LOW);
  });
  afterAll(async () => {
    if (cluster.lab === undefined) return;
    setPriority(constants.priority.PRIORITY_NORMAL);
    await reconnect();
  });

  it.each(SCENARIOS.filter(({ reduced }) => reduced))(
    "loses, repeats and reorders no record: $title",
    LONG,
    async (scenario) => {
      const result = await runScenario(underTest, scenario);
      tell(result);
      expect(result.broken).toEqual([]);
    },
  );
}
