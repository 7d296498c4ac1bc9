import { expect, it } from "vitest";
import { clusterVerdict } from "../../../model/observability/cluster-verdict.ts";
import type { ClusterView } from "../../../model/observability/cluster-view.ts";
import { clusterView, groupView, topicView } from "../../support/observability/cluster-views.ts";

const seen = new Date("2026-11-30T11:00:00Z");
const part = (name: string, result: "failed" | "denied", lastSeen: Date | undefined = seen) => ({
  ...{ part: name, result, lastSeen },
});
const [first, second] = clusterView().brokers;
if (!first || !second) throw new Error("the view has no brokers");
const away = { ...second, up: false };

const CASES: readonly (readonly [string, Partial<ClusterView>])[] = [
  ["fine: All is well: 3 brokers, 1 topic, 1 consumer group.", {}],
  ["fine: All is well: 3 brokers, 0 topics, 0 consumer groups.", { topics: [], groups: [] }],
  [
    "unknown: Not all can be seen: the exporter has no right to look at groups and log dirs.",
    { parts: [part("groups", "denied"), part("log_dirs", "denied")], brokers: [away] },
  ],
  [
    "unknown: Kafka does not answer, and has not since the exporter started.",
    { parts: [{ part: "cluster", result: "failed", lastSeen: undefined }], topics: [] },
  ],
  [
    "broken: Kafka does not answer. What is shown is what was seen last.",
    { parts: [part("cluster", "failed")] },
  ],
  [
    "broken: 2 partitions can be neither read nor written: no leader.",
    { topics: [topicView({ name: "a", withoutLeader: 2, underReplicated: 2 })], brokers: [away] },
  ],
  [
    "broken: 1 partition can be read, but not written: too few replicas.",
    { topics: [topicView({ name: "a", belowMinIsr: 1, underReplicated: 1 })] },
  ],
  [
    "degraded: Broker 1 cannot be reached; 1 partition misses a copy.",
    { brokers: [first, away], topics: [topicView({ name: "a", underReplicated: 1 })] },
  ],
  [
    "degraded: 3 partitions miss a copy.",
    { topics: [topicView({ name: "a", underReplicated: 3 })] },
  ],
  [
    "degraded: audit is about to lose records of orders, and so is 1 more.",
    {
      groups: [
        groupView({ group: "billing", secondsToDataLoss: 3000 }),
        groupView({ group: "audit", secondsToDataLoss: 10 }),
      ],
    },
  ],
  [
    "degraded: audit is further behind on orders than it may be.",
    { groups: [groupView({ group: "audit", lagSeconds: 301 }), groupView({ group: "billing" })] },
  ],
  [
    "degraded: Topic a is in poor health.",
    { topics: [topicView({ name: "a", health: 60 }), topicView({ name: "b", health: 71 })] },
  ],
  [
    "unknown: Not all can be seen: the last look at positions failed.",
    { parts: [part("positions", "failed")] },
  ],
];

it.each(CASES)("%s", (told, situation) => {
  const { state, sentence } = clusterVerdict(clusterView(situation));
  expect(`${state}: ${sentence}`).toBe(told);
});

it("takes what is not known for neither good nor bad", () => {
  const groups = [groupView({ group: "a", lagSeconds: undefined, secondsToDataLoss: undefined })];
  const topics = [topicView({ name: "a", health: undefined })];
  expect(clusterVerdict(clusterView({ groups, topics })).state).toBe("fine");
});

const quorum = (behindMs: number) => ({
  ...{ result: "seen" as const, leader: 0 },
  voters: [
    { id: 0, behindMs: 0 },
    { id: 1, behindMs },
  ],
});
const full = { ...first, disk: { usedBytes: 86, totalBytes: 100 } };

/** What only a command asks for, with the cause and what to run. */
const EXPLAINED: readonly (readonly [Partial<ClusterView>, object])[] = [
  [
    { quorum: { result: "timed out", reason: "late" }, brokers: [first, away] },
    { state: "broken", run: "health --detailed" },
  ],
  [{ quorum: { result: "failed", reason: "gone" } }, { state: "unknown", why: "gone" }],
  [
    { quorum: { result: "denied", reason: "no" }, viewer: "account eve" },
    { sentence: "Not all can be seen: account eve has no right to look at quorum." },
  ],
  [
    { quorum: quorum(10_001) },
    { state: "degraded", sentence: "Controller 1 does not follow the leader, 0." },
  ],
  [{ quorum: quorum(10_000) }, { state: "fine" }],
  [
    { brokers: [first, away], topics: [topicView({ name: "a", withoutLeader: 1 })] },
    { why: `Nothing answers at broker 1 (${away.address}).`, run: "topics a" },
  ],
  [
    { brokers: [full, second] },
    { state: "degraded", sentence: "The disk of broker 0 is 86 % full.", run: "topics" },
  ],
  [{ brokers: [{ ...full, disk: { usedBytes: 85, totalBytes: 100 } }] }, { state: "fine" }],
  [
    { groups: [groupView({ group: "audit", lagSeconds: 600, members: 0 })] },
    { why: "It has no members: nobody reads.", run: "groups audit" },
  ],
  [
    { groups: [groupView({ group: "audit", lagSeconds: 600 })] },
    { why: "Its oldest unread record is 10 min old; 5 min are allowed." },
  ],
  [{ ends: ["A ends", "B ends"] }, { sentence: "A ends; 1 more ends soon." }],
];

it.each(EXPLAINED)("the cause and what to run are told, too: %j", (situation, wanted) => {
  expect(clusterVerdict(clusterView(situation))).toMatchObject(wanted);
});
