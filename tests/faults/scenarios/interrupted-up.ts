import { strict as assert } from "node:assert";
import { changedProperty } from "../changed-property.ts";
import { interruptedRoll, type Moment } from "../interrupted-roll.ts";
import type { Scenario } from "../scenario.ts";

const MOMENTS: readonly Moment[] = [
  { what: "before the first broker is restarted", by: "SIGKILL", restarted: 0 },
  { what: "while the first broker restarts", by: "SIGINT", restarted: 1 },
  { what: "while the second broker restarts", by: "SIGKILL", restarted: 2 },
];

/** Every repetition goes on where the last one was ended, waiting for what is still restarting. */
export const interruptedUp: Scenario = {
  name: "interrupted-up",
  title:
    "`up` ended three times (SIGKILL, Ctrl-C, SIGKILL) while it restarts the brokers, and repeated",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    for (const moment of MOMENTS) {
      changedProperty(cluster);
      await interruptedRoll(cluster, moment);
    }
    await stack.succeed("start");
    await cluster.healthy();
    const { stderr } = await stack.succeed("start");
    assert.match(
      stderr,
      /: succeeded, \d+ unchanged/,
      "a run after the repetition changes something",
    );
    return [];
  },
};
