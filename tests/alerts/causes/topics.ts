/** Topics that somebody has made with less than the catalogue allows. */
import type { ClusterUnderTest } from "../../faults/cluster.ts";

/** Enough for each pair of brokers to have one. */
const PARTITIONS = 6;

/** Two copies of each, of which one may be gone: what a topic without one in sync does, its configuration says. */
const TWO_COPIES = {
  "alerts.two-in-sync": { "min.insync.replicas": "2" },
  "alerts.waits-for-its-leader": { "min.insync.replicas": "1" },
  "alerts.takes-any-leader": {
    "min.insync.replicas": "1",
    "unclean.leader.election.enable": "true",
  },
} as const;

export const makeTopicsOfTwoCopies = (cluster: ClusterUnderTest): Promise<void> =>
  cluster.asAdmin((admin) =>
    admin.createTopics(
      Object.entries(TWO_COPIES).map(([name, configs]) => ({
        ...{ name, configs, partitions: PARTITIONS, replicationFactor: 2 },
      })),
    ),
  );

export const removeTopicsOfTwoCopies = (cluster: ClusterUnderTest): Promise<void> =>
  cluster.deleteTopics(Object.keys(TWO_COPIES));
