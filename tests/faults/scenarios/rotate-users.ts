import { strict as assert } from "node:assert";
import type { ClusterUnderTest } from "../cluster.ts";
import { rotate } from "../rotate.ts";
import type { Scenario } from "../scenario.ts";

/** What nodes log in to each other with; the steps restart the brokers where they have to. */
const nodes = (pair: "broker" | "controller"): Scenario => ({
  name: `rotate-${pair}s`,
  title: `the users that nodes log in to ${pair}s with replaced, through all steps`,
  kind: "planned",
  async run(cluster) {
    const before = await cluster.podIds();
    await rotate(cluster.stack, pair);
    const after = await cluster.podIds();
    assert.deepEqual(
      after.filter((id) => before.includes(id)),
      [],
      "a broker still logs in with what was retired",
    );
    await wellAndLoggedIn(cluster);
    return [];
  },
});

export const rotateBrokers = nodes("broker");
export const rotateControllers = nodes("controller");

/** The load logs in as the admin too, and moves over when the new password is handed out. */
export const rotateAdmin: Scenario = {
  name: "rotate-admin",
  title: "the admin's password replaced, through all steps",
  kind: "planned",
  async run(cluster, writers) {
    const { admin: old } = await cluster.stack.outputs();
    await rotate(cluster.stack, "admin", async () => {
      await writers.use(await cluster.config());
    });
    const { admin } = await cluster.stack.outputs();
    assert.notEqual(admin.password, old.password, "the admin's password is the old one");
    assert.notEqual(await cluster.refusalOf(old), undefined, "the old password still logs in");
    await wellAndLoggedIn(cluster);
    return [];
  },
};

async function wellAndLoggedIn(cluster: ClusterUnderTest): Promise<void> {
  await cluster.healthy();
  await cluster.everybodyLogsIn();
}
