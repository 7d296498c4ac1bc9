import { setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "../brokers.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import { partitioned } from "../injection/network.ts";
import type { Scenario } from "../scenario.ts";

/** Less than its liveness has patience for: it comes back as it was, and must find its place again. */
const SECONDS = 40;

const partition = async (
  cluster: ClusterUnderTest,
  broker: Broker,
  from: "everybody" | "brokers",
) => {
  await partitioned(cluster, broker, from, () => sleep(SECONDS * 1000));
  await cluster.healthy();
  return [];
};

export const partitionBroker: Scenario = {
  name: "partition-broker",
  title: `broker 2 cut off from everybody for ${String(SECONDS)} s`,
  kind: "broker",
  reduced: true,
  run: (cluster) => partition(cluster, 2, "everybody"),
};

export const partitionController: Scenario = {
  name: "partition-controller",
  title: `the active controller cut off from everybody for ${String(SECONDS)} s`,
  kind: "broker",
  run: async (cluster) => partition(cluster, await cluster.activeController(), "everybody"),
};

/** Clients still reach it, and it believes for a while that it leads. */
export const partitionBetweenBrokers: Scenario = {
  name: "partition-between-brokers",
  title: `the active controller cut off from the other brokers only, for ${String(SECONDS)} s`,
  kind: "broker",
  run: async (cluster) => partition(cluster, await cluster.activeController(), "brokers"),
};
