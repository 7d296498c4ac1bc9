import { expect, test } from "vitest";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import {
  changelog,
  changeStream,
  command,
  compactedTable,
  deadLetter,
  event,
} from "../../../model/topic/topic-profiles.ts";
import { topicSchema } from "../../../model/topic/topic-declaration.ts";

const OWN = {
  description: "d",
  key: "k",
  classification: "internal",
  partitions: 3,
  eventsPerHour: { from: 1, to: 2 },
} as const;

test.each([
  ["event", event(OWN), { "cleanup.policy": "delete", "retention.ms": "604800000" }],
  ["command", command(OWN), { "cleanup.policy": "delete", "retention.ms": "86400000" }],
  [
    "compacted table",
    compactedTable(OWN),
    { "cleanup.policy": "compact", "delete.retention.ms": "604800000" },
  ],
  ["change stream", changeStream(OWN), { "cleanup.policy": "delete", "retention.ms": "604800000" }],
  [
    "dead letter",
    deadLetter(OWN),
    {
      "cleanup.policy": "delete",
      "retention.ms": "2592000000",
      "max.message.bytes": "2097152",
    },
  ],
  [
    "changelog",
    changelog(OWN),
    {
      "cleanup.policy": "compact",
      "delete.retention.ms": "86400000",
      "min.cleanable.dirty.ratio": "0.01",
      "segment.ms": "86400000",
    },
  ],
])("a topic of the profile %s has exactly its configuration", (_, written, config) => {
  expect(topicSpec(topicSchema.parse(written), "staging").config).toEqual({
    "compression.type": "producer",
    "max.message.bytes": "1048576",
    "min.insync.replicas": "1",
    ...config,
  });
});

test("what a declaration says wins over its profile", () => {
  expect(event({ ...OWN, retention: "3d", producerCodec: "zstd" })).toMatchObject({
    retention: "3d",
    producerCodec: "zstd",
  });
  expect(changelog({ ...OWN, config: { "segment.ms": "1h" } }).config).toEqual({
    "min.cleanable.dirty.ratio": 0.01,
    "segment.ms": "1h",
  });
});

test("a number of partitions may follow from the throughput", () => {
  const partitions = { throughputPerSecond: "95 MiB", consumers: 4 } as const;
  expect(topicSpec(topicSchema.parse(event({ ...OWN, partitions })), "prod").partitions).toBe(10);
  const tooMany = { ...partitions, throughputPerSecond: "601 MiB" } as const;
  expect(() => topicSchema.parse(event({ ...OWN, partitions: tooMany }))).toThrow(
    "what at most 60 partitions are enough for; more as { count, reason }, up to Kafka's own 10,000",
  );
});
