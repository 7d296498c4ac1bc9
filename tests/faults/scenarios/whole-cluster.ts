import { setTimeout as sleep } from "node:timers/promises";
import { BROKERS } from "../brokers.ts";
import { until } from "../health.ts";
import { killAll } from "../injection/processes.ts";
import type { Scenario } from "../scenario.ts";

const STOPPED_SECONDS = 5;
const STOPS_WITHIN_MS = 240_000;

export const stopAll: Scenario = {
  name: "stop-all",
  title: "the whole cluster stopped in order, and started",
  kind: "cluster",
  async run(cluster) {
    const { stack } = cluster;
    await stack.kubectl("scale", "statefulset/kafka", "--replicas=0");
    await until(async () => {
      const left = (await cluster.pods()).length;
      return left === 0 ? undefined : `${String(left)} brokers have not stopped`;
    }, STOPS_WITHIN_MS);
    await sleep(STOPPED_SECONDS * 1000);
    await stack.kubectl("scale", "statefulset/kafka", `--replicas=${String(BROKERS.length)}`);
    await cluster.healthy();
    return [];
  },
};

export const killAllBrokers: Scenario = {
  name: "kill-all",
  title: "kill -9 of all brokers at once",
  kind: "cluster",
  async run(cluster) {
    await killAll(cluster, BROKERS);
    await cluster.healthy();
    return [];
  },
};
