import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { podOf } from "../brokers.ts";
import { until } from "../health.ts";
import {
  fill,
  free,
  mountSmallDisk,
  unmountSmallDisk,
  volumeFolder,
  wipe,
} from "../injection/disks.ts";
import type { Scenario } from "../scenario.ts";

const DISK_MEBIBYTES = 512;
const FULL_SECONDS = 30;
const STOPS_WITHIN_MS = 60_000;
const BROKER = 1;

/** A broker whose only disk is full stops; with room again it goes on where it was. */
export const fullDisk: Scenario = {
  name: "full-disk",
  title: `the disk of broker ${String(BROKER)} filled, and freed after ${String(FULL_SECONDS)} s`,
  kind: "broker",
  async run(cluster) {
    const { stack } = cluster;
    const folder = await volumeFolder(cluster, BROKER);
    const restart = () => stack.kubectl("delete", "pod", podOf(BROKER));
    await mountSmallDisk(folder, DISK_MEBIBYTES);
    try {
      await restart();
      await cluster.healthy();
      const pid = await cluster.process(BROKER);
      fill(folder);
      await until(
        async () =>
          (await cluster.process(BROKER).catch(() => undefined)) === pid
            ? `${podOf(BROKER)} goes on with a full disk`
            : undefined,
        STOPS_WITHIN_MS,
      );
      await sleep(FULL_SECONDS * 1000);
      const { containerStatuses: [container] = [] } = (await cluster.pod(BROKER)).status;
      assert.notEqual(container?.started, true, "it serves with a full disk");
      free(folder);
      // Its next attempt may be minutes away.
      await restart();
      await cluster.healthy();
    } finally {
      // What was below is of before, and so is its identity: it comes back as an empty disk.
      await unmountSmallDisk(folder);
      wipe(folder);
      await restart();
    }
    await cluster.healthy();
    return [];
  },
};
