import { expect, test } from "vitest";
import { UNKNOWN } from "../../policy/resource.ts";
import { capacityChange } from "../../report/capacity.ts";
import { change, TOPIC, topicInputs } from "../changes/changes.ts";

const GIB = 2 ** 30;
const inputs = (given: Parameters<typeof topicInputs>[1]) => ({
  inputs: topicInputs("orders", given),
});
const cluster = (replicas: number) => ({ inputs: { spec: { replicas } } });
const claim = (storage: unknown) => ({
  inputs: { spec: { resources: { requests: { storage } } } },
});

test("partitions and storage of a cluster that grows", () => {
  const limited = { config: { "retention.bytes": String(GIB), "segment.bytes": String(GIB / 2) } };
  const { before, after } = capacityChange([
    change("update", TOPIC, "orders", {
      before: inputs({ partitions: 6 }),
      after: inputs({ partitions: 12 }),
    }),
    change("create", TOPIC, "audit", { after: inputs({ partitions: 2, ...limited }) }),
    change("update", "kubernetes:apps/v1:StatefulSet", "kafka", {
      before: cluster(3),
      after: cluster(4),
    }),
    ...[0, 1, 2].map((n) =>
      change("same", "kubernetes:core/v1:PersistentVolumeClaim", `data-${String(n)}`, {
        before: claim("100Gi"),
        after: claim("100Gi"),
      }),
    ),
    change("create", "kubernetes:core/v1:PersistentVolumeClaim", "data-3", { after: claim("1Ti") }),
  ]);
  expect(before).toEqual({
    ...{ topics: 1, partitions: 6, replicas: 18, brokers: 3 },
    ...{ volumes: 300 * GIB, limitedTopics: 0, unlimitedTopics: 1 },
  });
  expect(after).toEqual({
    ...{ topics: 2, partitions: 14, replicas: 42, brokers: 4 },
    // Two partitions, three copies, each a limit and the segment that is being written.
    ...{ volumes: 1324 * GIB, limitedTopics: 2 * 3 * 1.5 * GIB, unlimitedTopics: 1 },
  });
});

test("a compacted topic has no limit, and Kafka's default segment counts", () => {
  const bytes = { "retention.bytes": "1024" };
  const { after } = capacityChange([
    change("create", TOPIC, "a", {
      after: inputs({
        partitions: 1,
        replicationFactor: 1,
        config: { ...bytes, "cleanup.policy": "compact" },
      }),
    }),
    change("create", TOPIC, "b", {
      after: inputs({ partitions: 1, replicationFactor: 1, config: bytes }),
    }),
  ]);
  expect([after.unlimitedTopics, after.limitedTopics]).toEqual([1, 1024 + GIB]);
});

test("one broker in Docker; what is not known is left out", () => {
  const { after } = capacityChange([
    change("create", "docker:index/volume:Volume", "data", { after: {} }),
    change("create", TOPIC, "a", { after: inputs({ partitions: UNKNOWN }) }),
    change("create", "kubernetes:core/v1:PersistentVolumeClaim", "c", { after: claim(UNKNOWN) }),
  ]);
  expect(after).toMatchObject({ brokers: 1, topics: 1, partitions: 0, replicas: 0, volumes: 0 });
});

test("of nothing", () => {
  const nothing = {
    topics: 0,
    partitions: 0,
    replicas: 0,
    brokers: 0,
    volumes: 0,
    limitedTopics: 0,
    unlimitedTopics: 0,
  };
  expect(capacityChange([])).toEqual({ before: nothing, after: nothing });
});
