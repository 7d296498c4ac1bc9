import { volumeFolder, wipe } from "../injection/disks.ts";
import type { Scenario } from "../scenario.ts";

const IN_SYNC_WITHIN_SECONDS = 60;

/** The records and the identity of a broker are gone; it joins the others as if it were new. */
export const wipedDisk: Scenario = {
  name: "wiped-disk",
  title: "everything on the disk of broker 1 removed",
  kind: "broker",
  reduced: true,
  async run(cluster) {
    const folder = await volumeFolder(cluster, 1);
    const began = performance.now();
    const pid = await cluster.process(1);
    // Held, so that it writes nothing between the two.
    process.kill(pid, "SIGSTOP");
    wipe(folder);
    process.kill(pid, "SIGKILL");
    await cluster.inSync();
    const seconds = (performance.now() - began) / 1000;
    await cluster.healthy();
    return [{ what: "back in sync", seconds, limit: IN_SYNC_WITHIN_SECONDS }];
  },
};
