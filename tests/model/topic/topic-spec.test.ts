import { expect, test } from "vitest";
import { specFaults, type TopicDeclaration, topicSpec } from "../../../model/topic/topic-spec.ts";

const DAY = 86_400_000;

const DECLARED: TopicDeclaration = {
  partitions: 6,
  cleanup: "delete",
  retention: 7 * DAY,
  maxMessageSize: 1_048_576,
};

test.each([
  ["dev", 1, "1"],
  ["staging", 2, "1"],
  ["prod", 3, "2"],
] as const)(
  "in %s a topic has %i replicas and min.insync.replicas %s",
  (environment, factor, insync) => {
    expect(topicSpec(DECLARED, environment)).toEqual({
      partitions: 6,
      replicationFactor: factor,
      config: {
        "cleanup.policy": "delete",
        "compression.type": "producer",
        "max.message.bytes": "1048576",
        "min.insync.replicas": insync,
        "retention.ms": "604800000",
      },
    });
  },
);

test("a compacted topic has no retention time, but keeps deletions visible", () => {
  const { partitions, maxMessageSize } = DECLARED;
  const compacted = { cleanup: "compact", tombstoneRetention: 30 * DAY } as const;
  const { config } = topicSpec({ partitions, maxMessageSize, ...compacted }, "prod");
  expect(config).toMatchObject({
    "cleanup.policy": "compact",
    "delete.retention.ms": "2592000000",
  });
  expect(config).not.toHaveProperty("retention.ms");
});

test("an environment's values win, and its configuration is merged key by key", () => {
  const declared: TopicDeclaration = {
    ...DECLARED,
    config: { "segment.ms": "1000", "segment.bytes": "2097152" },
    environments: {
      prod: {
        partitions: 12,
        retention: -1,
        retentionSize: 5,
        replicationFactor: 5,
        minInsyncReplicas: 3,
        config: { "segment.ms": "2000", preallocate: "true" },
      },
    },
  };
  expect(topicSpec(declared, "prod")).toEqual({
    partitions: 12,
    replicationFactor: 5,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "3",
      preallocate: "true",
      "retention.bytes": "5",
      "retention.ms": "-1",
      "segment.bytes": "2097152",
      "segment.ms": "2000",
    },
  });
  expect(topicSpec(declared, "dev").partitions).toBe(6);
  expect(topicSpec(declared, "dev").config).toMatchObject({ "segment.ms": "1000" });
});

test("the order of configuration does not depend on the order of the declaration", () => {
  const one = topicSpec({ ...DECLARED, config: { "segment.ms": "1", preallocate: "true" } }, "dev");
  const other = topicSpec(
    { ...DECLARED, config: { preallocate: "true", "segment.ms": "1" } },
    "dev",
  );
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

const faults = (changes: Partial<TopicDeclaration>, brokers?: number) =>
  specFaults(topicSpec({ ...DECLARED, ...changes }, "prod"), { brokers });

test("replication that fits has no fault", () => {
  expect(faults({}, 3)).toEqual([]);
  expect(faults({ replicationFactor: 1, minInsyncReplicas: 1 }, 1)).toEqual([]);
});

test.each<[Partial<TopicDeclaration>, number | undefined, string]>([
  [{}, 1, "replication factor 3 with 1 broker; wanted at most one copy per broker"],
  [{}, 2, "replication factor 3 with 2 brokers; wanted at most one copy per broker"],
  [{ minInsyncReplicas: 4 }, undefined, "min.insync.replicas 4 is above the replication factor 3"],
  [
    { minInsyncReplicas: 3 },
    undefined,
    "min.insync.replicas 3 equals the replication factor: no write would succeed while one broker is away",
  ],
  [
    { config: { "segment.bytes": "1048576" }, maxMessageSize: 2_097_152 },
    undefined,
    "max.message.bytes 2,097,152 is above segment.bytes 1,048,576: a batch must fit into one segment",
  ],
  [
    { config: { "min.compaction.lag.ms": "2", "max.compaction.lag.ms": "1" } },
    undefined,
    "min.compaction.lag.ms 2 is above max.compaction.lag.ms 1: no record could be compacted",
  ],
])("%j with %s brokers is refused", (changes, brokers, fault) => {
  expect(faults(changes, brokers)).toEqual([fault]);
});

test("of a least number of copies that no declaration says, it is told where it comes from", () => {
  const spec = topicSpec({ ...DECLARED, replicationFactor: 1 }, "prod");
  expect(specFaults(spec, { minInsyncBy: "prod" })).toEqual([
    "min.insync.replicas 2 (the default in prod; `minInsyncReplicas` sets it) is above the replication factor 1",
  ]);
});
