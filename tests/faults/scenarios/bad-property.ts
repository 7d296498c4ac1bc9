import { badRoll } from "../bad-roll.ts";
import { changedProperty } from "../changed-property.ts";
import type { Scenario } from "../scenario.ts";

/** Kafka refuses to start where a follower may wait longer for records than it may lag behind. */
const IMPOSSIBLE = { "replica.lag.time.max.ms": 100, "replica.fetch.wait.max.ms": 500 };

export const badProperty: Scenario = {
  name: "bad-property",
  title: "`up` with a broker property that Kafka refuses, then a correct one",
  kind: "planned",
  async run(cluster) {
    await badRoll(
      cluster,
      () => cluster.stack.set("properties", IMPOSSIBLE),
      () => changedProperty(cluster),
    );
    return [];
  },
};
