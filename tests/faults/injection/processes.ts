/** Brokers' processes killed and held. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";

/** The crash: nothing is flushed, nobody is told. Kubernetes starts the broker again. */
export async function kill(cluster: ClusterUnderTest, broker: Broker): Promise<void> {
  process.kill(await cluster.process(broker), "SIGKILL");
}

/** Every broker at once, as when the power goes. */
export async function killAll(
  cluster: ClusterUnderTest,
  brokers: readonly Broker[],
): Promise<void> {
  const pids = await Promise.all(brokers.map((broker) => cluster.process(broker)));
  for (const pid of pids) process.kill(pid, "SIGKILL");
}

/** Holds a broker where it stands, its connections open and silent, and lets it go on. */
export async function pause(
  cluster: ClusterUnderTest,
  broker: Broker,
  seconds: number,
): Promise<void> {
  const pid = await cluster.process(broker);
  process.kill(pid, "SIGSTOP");
  try {
    await sleep(seconds * 1000);
  } finally {
    // Its liveness may have ended it.
    if (existsSync(`/proc/${String(pid)}`)) process.kill(pid, "SIGCONT");
  }
}
