import { strict as assert } from "node:assert";
import type { PlatformStack } from "../../kubernetes/support/platform-stack.ts";
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
    const revision = await revisions(stack);
    stack.set("cpu", CPU.other);
    const moment = { what: "while the first broker restarts", by: "SIGINT", restarted: 1 } as const;
    await interruptedRoll(cluster, moment);
    // How far the roll has come by now is Kubernetes' own: it goes on whoever has begun it.
    stack.set("cpu", CPU.declared);
    await stack.succeed("start");
    await cluster.healthy();
    assert.deepEqual(await revisions(stack), revision, "a broker is not as declared");
    const { stderr } = await stack.succeed("start");
    assert.match(stderr, /: succeeded, \d+ unchanged/, "a run after that changes something");
    return [];
  },
};

/** What the pods are of, and what they are to be of. */
async function revisions(stack: PlatformStack): Promise<string[]> {
  const wanted = ["get", "statefulset", "kafka", "--output", "jsonpath={.status.updateRevision}"];
  const pods = ["get", "pods", "--selector", "app.kubernetes.io/component=broker", "--output"];
  const hash = "jsonpath={.items[*].metadata.labels.controller-revision-hash}";
  const found = await Promise.all([stack.kubectl(...wanted), stack.kubectl(...pods, hash)]);
  return [...new Set(found.flatMap((text) => text.split(" ")))];
}
