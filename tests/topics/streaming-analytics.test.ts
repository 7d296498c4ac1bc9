import { expect, test } from "vitest";
import { inEnvironment, topicSpec } from "../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";

const DAY = 86_400_000;
const KIB = 1_024;

const mine = loadCatalogue(DECLARATIONS).topics.filter(
  ({ owner }) => owner === "streaming-analytics",
);
const topics = ["analytics-events", "ml-predictions", "streaming-alerts", "streaming-metrics"];
const topic = (name: string) => {
  const found = mine.find((one) => one.name === name);
  if (!found) throw new Error(`no topic ${name}`);
  return found;
};

test("four topics, each with its dead letter topic", () => {
  expect(mine.map(({ name, deadLetter }) => [name, deadLetter])).toEqual(
    topics.flatMap((name) => [
      [name, `${name}.dlq`],
      [`${name}.dlq`, undefined],
    ]),
  );
});

test.each(topics)("%s in production", (name) => {
  expect(topicSpec(topic(name), "prod")).toEqual({
    partitions: 6,
    replicationFactor: 3,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "2",
      "retention.bytes": "1073741824000",
      "retention.ms": "2592000000",
      "segment.ms": "86400000",
      "unclean.leader.election.enable": "false",
    },
  });
  expect(inEnvironment(topic(name), "prod").producerCodec).toBe("lz4");
});

test.each(topics)("%s on one broker", (name) => {
  expect(topicSpec(topic(name), "dev")).toEqual({
    partitions: 3,
    replicationFactor: 1,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "1",
      "retention.ms": "604800000",
    },
  });
  expect(inEnvironment(topic(name), "dev").producerCodec).toBe("gzip");
});

test("a dead letter topic takes whatever its origin takes, and what is added to it", () => {
  expect(topic("analytics-events.dlq")).toMatchObject({
    description: "Records of analytics-events that could not be processed.",
    key: "event_id",
    classification: "personal",
    partitions: 1,
    cleanup: "delete",
    retention: 30 * DAY,
    maxMessageSize: (1_024 + 64) * KIB,
    eventsPerHour: { from: 0, to: 500_000 },
    guarded: false,
  });
});

test("who may do what: consumers also write to the dead letter topics of what they read", () => {
  expect(rightsOf("streaming-analytics")).toEqual({
    "analytics-collector": ["Write Topic analytics-events"],
    "dead-letter-handler": [
      "Read Group dead-letter-handler",
      "Read Topic analytics-events.dlq",
      "Read Topic ml-predictions.dlq",
      "Read Topic streaming-alerts.dlq",
      "Read Topic streaming-metrics.dlq",
    ],
    "ml-inference": [
      "Read Group ml-inference",
      "Read Topic analytics-events",
      "Write Topic analytics-events.dlq",
      "Write Topic ml-predictions",
    ],
    "streaming-dashboards": [
      "Read Group streaming-dashboards",
      "Read Topic ml-predictions",
      "Read Topic streaming-alerts",
      "Read Topic streaming-metrics",
      "Write Topic ml-predictions.dlq",
      "Write Topic streaming-alerts.dlq",
      "Write Topic streaming-metrics.dlq",
    ],
    "windowed-jobs": [
      "Read Group windowed-jobs",
      "Read Topic analytics-events",
      "Write Topic analytics-events.dlq",
      "Write Topic streaming-alerts",
      "Write Topic streaming-metrics",
      "Write TransactionalID windowed-jobs-*",
    ],
  });
});
