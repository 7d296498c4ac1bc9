import { expect, test } from "vitest";
import { topicSpec } from "../../components/settings/topic-spec.ts";
import { loadCatalogue } from "../../topics/catalogue.ts";

const mine = loadCatalogue().topics.filter(({ owner }) => owner === "game-platform");
const inProd = Object.fromEntries(mine.map((topic) => [topic.name, topicSpec(topic, "prod")]));

test("three topics, as Kafka is told in production", () => {
  expect(inProd).toEqual({
    "chat-messages": {
      partitions: 6,
      replicationFactor: 3,
      config: {
        "cleanup.policy": "delete",
        "compression.type": "producer",
        "max.message.bytes": "1048576",
        "min.insync.replicas": "2",
        "retention.ms": "604800000",
      },
    },
    "test-topic": {
      partitions: 3,
      replicationFactor: 3,
      config: {
        "cleanup.policy": "delete",
        "compression.type": "producer",
        "max.message.bytes": "1048576",
        "min.insync.replicas": "2",
        "retention.ms": "604800000",
      },
    },
    "user-state": {
      partitions: 3,
      replicationFactor: 3,
      config: {
        "cleanup.policy": "compact",
        "compression.type": "producer",
        "delete.retention.ms": "604800000",
        "max.message.bytes": "1048576",
        "min.cleanable.dirty.ratio": "0.01",
        "min.insync.replicas": "2",
      },
    },
  });
});

test("chat is compressed for speed", () => {
  expect(mine.find(({ name }) => name === "chat-messages")?.producerCodec).toBe("lz4");
});
