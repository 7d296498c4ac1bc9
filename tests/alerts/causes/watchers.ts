/** Whoever is to be told, and whoever tells, out of order. */
import type { ClusterUnderTest } from "../../faults/cluster.ts";

const ALERTMANAGER = "statefulset/kafka-alertmanager";

const scale = ({ stack }: ClusterUnderTest, replicas: number): Promise<string> =>
  stack.kubectl("scale", ALERTMANAGER, `--replicas=${String(replicas)}`);

/** @returns when it was taken away */
export async function alertmanagerGoes(cluster: ClusterUnderTest): Promise<number> {
  const gone = Date.now();
  await scale(cluster, 0);
  await cluster.stack.kubectl("wait", "--for=delete", "pod/kafka-alertmanager-0", "--timeout=60s");
  return gone;
}

export async function alertmanagerComesBack(cluster: ClusterUnderTest): Promise<void> {
  await scale(cluster, 1);
  await cluster.stack.kubectl("rollout", "status", ALERTMANAGER, "--timeout=120s");
}
