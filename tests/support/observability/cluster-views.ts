import type {
  ClusterView,
  GroupView,
  TopicView,
} from "../../../model/observability/cluster-view.ts";

/** A topic that is well, but for what is given. */
export const topicView = (own: Partial<TopicView> & { readonly name: string }): TopicView => ({
  ...{ owner: "shop", partitions: 6, withoutLeader: 0, underReplicated: 0, belowMinIsr: 0 },
  ...{ health: 100, bytes: 123_456_789, messagesPerSecond: 12.5, rates: [1, 3, 2, 5, 12.5] },
  ...own,
});

/** A group that keeps up, but for what is given. */
export const groupView = (own: Partial<GroupView> & { readonly group: string }): GroupView => ({
  ...{ topic: "orders", owner: "shop", type: "consumer", state: "Stable", members: 2 },
  ...{ lag: 0, lagSeconds: 0, lagBudgetSeconds: 300, secondsToZero: 0 },
  secondsToDataLoss: Infinity,
  ...own,
});

/** A cluster that is well, but for what is given. */
export const clusterView = (own: Partial<ClusterView> = {}): ClusterView => ({
  cluster: "shop",
  at: new Date("2026-11-30T12:00:00Z"),
  brokers: [0, 1, 2].map((id) => ({
    ...{ id, address: `kafka-${id}.kafka:9092`, up: true },
    disk: { usedBytes: 40e9, totalBytes: 100e9 },
  })),
  topics: [topicView({ name: "orders" })],
  groups: [groupView({ group: "billing" })],
  parts: [{ part: "cluster", result: "seen", lastSeen: new Date("2026-11-30T12:00:00Z") }],
  alerts: [],
  ...own,
});
