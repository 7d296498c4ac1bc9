import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { servingBrokers } from "../kubernetes/support/brokers.ts";
import { type Broker, BROKERS, podOf } from "./brokers.ts";
import { changedProperty } from "./changed-property.ts";
import type { ClusterUnderTest } from "./cluster.ts";
import { isReady, until } from "./health.ts";

const HOLD_SECONDS = 20;
const SICK_WITHIN_MS = 180_000;

/**
 * A broker that was made sick by hand, and crashes at every start. The others serve on; the next `up`
 * that changes the brokers must cure it before it touches the others.
 *
 * @param broker none that a roll would begin with
 * @param object what was broken, such as `configmap/kafka-config`, and what in it
 */
export async function sickPod(
  cluster: ClusterUnderTest,
  broker: Broker,
  object: string,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  const { stack } = cluster;
  const before = await cluster.podIds();
  await stack.kubectl("patch", object, "--type", "merge", "--patch", JSON.stringify({ data }));
  await stack.kubectl("delete", "pod", podOf(broker));
  await until(async () => {
    const pod = await cluster.pod(broker).catch(() => undefined);
    const crashed = (pod?.status.containerStatuses?.[0]?.restartCount ?? 0) > 0;
    return pod && crashed && !isReady(pod) ? undefined : `${podOf(broker)} has not crashed`;
  }, SICK_WITHIN_MS);
  await sleep(HOLD_SECONDS * 1000);
  const others = BROKERS.filter((each) => each !== broker).map(podOf);
  assert.deepEqual(await servingBrokers(stack), others, "the others do not serve alone");

  await stack.succeed("refresh");
  changedProperty(cluster);
  await stack.succeed("start");
  await cluster.healthy();
  const after = await cluster.podIds();
  assert.deepEqual(
    after.filter((id) => before.includes(id)),
    [],
    "a broker was not restarted",
  );
}
