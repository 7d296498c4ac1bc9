import { expect, it } from "vitest";
import { type TopicFacts, topicHealthScore } from "../../../model/observability/topic-health.ts";

const partition = { hasLeader: true, replicas: 3, inSync: 3 };
const healthy: TopicFacts = {
  partitions: [partition, partition],
  minInsyncReplicas: 2,
  groups: [{ lag: 0, lagSeconds: 0, budgetSeconds: 60 }],
  errorRatio: 0,
};
const score = (facts: Partial<TopicFacts>) => topicHealthScore({ ...healthy, ...facts });

it("is 100 when all is well, and 0 when no partition takes writes", () => {
  expect(score({})).toBe(100);
  expect(score({ partitions: [{ ...partition, hasLeader: false }] })).toBe(0);
  expect(score({ partitions: [{ ...partition, inSync: 1 }] })).toBe(0);
});

it("is not known where the partitions are not", () => {
  expect(score({ partitions: [] })).toBeUndefined();
});

it("is worth no more than the share of partitions that take writes", () => {
  expect(score({ partitions: [partition, { ...partition, hasLeader: false }] })).toBe(50);
});

it("loses 20 points for each replica of all that is out of sync", () => {
  expect(score({ partitions: [{ ...partition, inSync: 2 }, partition] })).toBe(97);
  expect(score({ partitions: [{ ...partition, inSync: 2 }] })).toBe(93);
});

it("loses 25 points for a lag between the budget and twice the budget, of the worst group", () => {
  const at = (lagSeconds: number) =>
    score({ groups: [...healthy.groups, { lag: 5, lagSeconds, budgetSeconds: 60 }] });
  expect([60, 90, 120, 9_000].map(at)).toEqual([100, 88, 75, 75]);
});

it("judges a group without a budget by records", () => {
  const at = (lag: number) =>
    score({ groups: [{ lag, lagSeconds: undefined, budgetSeconds: undefined }] });
  expect([1_000, 5_500, 10_000].map(at)).toEqual([100, 88, 75]);
});

it("loses 15 points for dead letters, all of them at 5 %", () => {
  expect([0.01, 0.05, 1].map((errorRatio) => score({ errorRatio }))).toEqual([97, 85, 85]);
});

it("takes what is not known neither for good nor for bad", () => {
  const unknown = [{ lag: 9, lagSeconds: undefined, budgetSeconds: 60 }];
  expect(score({ groups: unknown, errorRatio: undefined })).toBe(100);
  const half = { partitions: [{ ...partition, inSync: 2 }] };
  expect(score({ ...half, groups: unknown, errorRatio: undefined })).toBe(89);
});
