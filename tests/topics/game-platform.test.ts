import { expect, test } from "vitest";
import { topicSpec } from "../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";

const mine = loadCatalogue(DECLARATIONS).topics.filter(({ owner }) => owner === "game-platform");
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

test("who may do what", () => {
  expect(rightsOf("game-platform")).toEqual({
    "chat-service": [
      "Read Group chat-service",
      "Read Topic chat-messages",
      "Read Topic user-state",
      "Write Topic chat-messages",
    ],
    "example-consumer": ["Read Group ft-transcendence-consumer", "Read Topic test-topic"],
    "example-producer": ["Write Topic test-topic"],
    "game-service": ["Read Group game-service", "Read Topic user-state", "Write Topic user-state"],
    "notification-service": [
      "Read Group notification-service",
      "Read Topic chat-messages",
      "Read Topic user-state",
    ],
  });
});
