import { pause } from "../injection/processes.ts";
import type { Scenario } from "../scenario.ts";

const SECONDS = 30;

/** A virtual machine that is moved, or a long pause of the garbage collector: alive, and silent. */
export const pauseBroker: Scenario = {
  name: "pause-broker",
  title: `broker 1 paused for ${String(SECONDS)} s (SIGSTOP)`,
  kind: "broker",
  async run(cluster) {
    await pause(cluster, 1, SECONDS);
    await cluster.healthy();
    return [];
  },
};

export const pauseController: Scenario = {
  name: "pause-controller",
  title: `the active controller paused for ${String(SECONDS)} s (SIGSTOP)`,
  kind: "broker",
  async run(cluster) {
    await pause(cluster, await cluster.activeController(), SECONDS);
    await cluster.healthy();
    return [];
  },
};
