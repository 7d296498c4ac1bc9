import { expect, test } from "vitest";
import { settled } from "../../../cli/reassignment/settled.ts";
import { brokerLimits, topicLimits, withoutLimits } from "../../../cli/reassignment/throttle.ts";

test("limits name each moving replica, those that send and those that receive", () => {
  const limits = topicLimits([
    { topic: "orders", partition: 0, replicas: [0, 1, 3], to: [0, 1, 2] },
    { topic: "orders", partition: 1, replicas: [3, 0, 1], to: [2, 0, 1] },
    { topic: "audit.log", partition: 5, replicas: [3], to: [1] },
  ]);
  expect(limits).toEqual([
    {
      of: "topic",
      name: "orders",
      values: {
        "leader.replication.throttled.replicas": "0:0,0:1,0:3,1:3,1:0,1:1",
        "follower.replication.throttled.replicas": "0:2,1:2",
      },
    },
    {
      of: "topic",
      name: "audit.log",
      values: {
        "leader.replication.throttled.replicas": "5:3",
        "follower.replication.throttled.replicas": "5:1",
      },
    },
  ]);
  expect(withoutLimits([{ topic: "orders", partition: 0, replicas: [0], to: [1] }])).toEqual([
    {
      of: "topic",
      name: "orders",
      values: {
        "leader.replication.throttled.replicas": null,
        "follower.replication.throttled.replicas": null,
      },
    },
  ]);
});

test("every broker gets the rate in both directions, and loses it", () => {
  const rates = (value: string | null) => ({
    "leader.replication.throttled.rate": value,
    "follower.replication.throttled.rate": value,
  });
  expect(brokerLimits(1024)).toEqual({ of: "broker", name: "", values: rates("1024") });
  expect(brokerLimits(null)).toEqual({ of: "broker", name: "", values: rates(null) });
});

test("a plan begins where the moves under way will end", () => {
  const partitions = [
    { topic: "orders", partition: 0, replicas: [2, 0, 1, 3] },
    { topic: "orders", partition: 1, replicas: [0, 1, 3] },
  ];
  const ongoing = [
    { topic: "orders", partition: 0, replicas: [2, 0, 1, 3], adding: [2], removing: [3] },
  ];
  expect(settled(partitions, ongoing)).toEqual([
    { topic: "orders", partition: 0, replicas: [2, 0, 1] },
    { topic: "orders", partition: 1, replicas: [0, 1, 3] },
  ]);
});
