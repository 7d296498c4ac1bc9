import { strict as assert } from "node:assert";
import { brokerRevisions } from "../../kubernetes/support/brokers.ts";
import { interruptedRoll } from "../interrupted-roll.ts";
import type { Scenario } from "../scenario.ts";

/** What the stack requests, and what it requests for a while. */
const CPU = { declared: "100m", other: "110m" };

/** What is declared is what is there again, though in between some of it was not. */
export const takenBack: Scenario = {
  name: "taken-back",
  title: "`up` ended while the first broker restarts, its change taken back, and `up` again",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    const revision = await brokerRevisions(stack);
    stack.set("cpu", CPU.other);
    const moment = { what: "while the first broker restarts", by: "SIGINT", restarted: 1 } as const;
    await interruptedRoll(cluster, moment);
    // How far the roll has come by now is Kubernetes' own: it goes on whoever has begun it.
    stack.set("cpu", CPU.declared);
    await stack.succeed("start");
    await cluster.healthy();
    assert.deepEqual(await brokerRevisions(stack), revision, "a broker is not as declared");
    const { stderr } = await stack.succeed("start");
    assert.match(stderr, /: succeeded, \d+ unchanged/, "a run after that changes something");
    return [];
  },
};
