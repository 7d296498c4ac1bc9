import { strict as assert } from "node:assert";
import { changedProperty } from "../changed-property.ts";
import type { Scenario } from "../scenario.ts";

/** A changed property restarts every broker, one at a time. */
export const rollingRestart: Scenario = {
  name: "rolling-restart",
  title: "every broker restarted by `up`",
  kind: "planned",
  async run(cluster) {
    const before = await cluster.podIds();
    changedProperty(cluster);
    await cluster.stack.succeed("start");
    const after = await cluster.podIds();
    assert.deepEqual(
      after.filter((id) => before.includes(id)),
      [],
      "a broker was not restarted",
    );
    return [];
  },
};
