import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pod } from "../kubernetes/support/brokers.ts";
import { servingBrokers } from "../kubernetes/support/brokers.ts";
import { podOf } from "./brokers.ts";
import type { ClusterUnderTest } from "./cluster.ts";
import { isReady, until } from "./health.ts";

/** A StatefulSet restarts the highest pod first. */
const FIRST = 2;
/** Longer than readiness takes to be sure, and than a broker that recovers would need. */
const HOLD_SECONDS = 45;
const SICK_WITHIN_MS = 180_000;

/**
 * An `up` whose brokers will not come up again. It must stop after the first one, while the others
 * serve on; then somebody interrupts it, puts the mistake right, and the next `up` must heal the cluster.
 *
 * @param broken makes the mistake
 * @param mended puts it right
 */
export async function badRoll(
  cluster: ClusterUnderTest,
  broken: () => Promise<void> | void,
  mended: () => Promise<void> | void,
): Promise<void> {
  const { stack } = cluster;
  const before = await cluster.podIds();
  await broken();
  const up = stack.beginRun("start");
  const finished = { yet: false };
  const mark = () => (finished.yet = true);
  up.done.then(mark, mark);
  await until(async () => {
    if (finished.yet) return undefined;
    const pod = await cluster.pod(FIRST).catch(() => undefined);
    if (pod === undefined || pod.metadata.uid === before[FIRST]) return "the roll has not begun";
    return isSick(pod) ? undefined : `${podOf(FIRST)} is not seen to be sick`;
  }, SICK_WITHIN_MS);
  if (!finished.yet) await sleep(HOLD_SECONDS * 1000);
  const serving = await servingBrokers(stack);
  const now = await cluster.podIds();
  up.interrupt();
  const { code, stderr } = await up.done;

  assert.notEqual(code, 0, "an `up` that was interrupted in a roll claims to have succeeded");
  assert.deepEqual(now.slice(0, FIRST), before.slice(0, FIRST), "the roll went on to another pod");
  assert.notEqual(now[FIRST], before[FIRST], `the roll did not begin:\n${stderr}`);
  assert.ok(serving.includes(podOf(0)) && serving.includes(podOf(1)), "the others do not serve");
  await mended();
  await stack.succeed("start");
  await cluster.healthy();
}

/** Crashed, or up and not ready. */
function isSick(pod: Pod): boolean {
  const [container] = pod.status.containerStatuses ?? [];
  if (container === undefined) return false;
  return container.restartCount > 0 || (container.started === true && !isReady(pod));
}
