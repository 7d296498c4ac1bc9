import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import type { NewTopic } from "../../../clients/kafka/topics.ts";
import { adminOf, requestsSince, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

const NO_TOPIC =
  "topic topics.absent: The topic 'topics.absent' does not exist (UNKNOWN_TOPIC_OR_PARTITION)";

const broker = sharedBroker();
let admin: KafkaAdmin;

beforeAll(async () => {
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.close();
});

function topic(name: string, more: Partial<NewTopic> = {}): NewTopic {
  return { name, partitions: 1, replicationFactor: 1, configs: {}, ...more };
}

const BAD_CONFIG = topic("topics.bad-config", { configs: { "retention.ms": "abc" } });
const BAD_CONFIG_TOLD =
  "REFUSED topic topics.bad-config: Invalid value abc for configuration retention.ms: Not a number of type LONG (INVALID_CONFIG).";

describe("creating topics", () => {
  it("validates without creating", async () => {
    const outcomes = await admin.validateTopics([topic("topics.only-validated"), BAD_CONFIG]);
    expect(told(outcomes)).toEqual(["ok", BAD_CONFIG_TOLD]);
    expect(await admin.listTopics()).not.toContain("topics.only-validated");
  });

  it("creates the good ones of a batch and keeps the broker's sentence for each bad one", async () => {
    const outcomes = await admin.createTopics([
      topic("topics.good", { partitions: 2, configs: { "cleanup.policy": "compact" } }),
      BAD_CONFIG,
      topic("topics.too-many-replicas", { replicationFactor: 3 }),
      topic("topics.good"),
      topic("topics.good-too"),
    ]);
    expect(told(outcomes)).toEqual([
      "ok",
      BAD_CONFIG_TOLD,
      expect.stringMatching(
        /^REFUSED topic topics.too-many-replicas: Unable to replicate the partition 3 time\(s\): .* only 1 broker\(s\) are registered .*\(INVALID_REPLICATION_FACTOR\)\.$/,
      ),
      "REFUSED topic topics.good: Topic 'topics.good' already exists (TOPIC_ALREADY_EXISTS): import it, or declare another name.",
      "ok",
    ]);
    const made = (await admin.listTopics()).filter((name) => name.startsWith("topics."));
    expect(made).toEqual(["topics.good", "topics.good-too"]);
  });

  it("is seen the same by Kafka's own tool", async () => {
    const described = await broker.tool("org.apache.kafka.tools.TopicCommand", [
      ...["--bootstrap-server", broker.bootstrapServer],
      ...["--command-config", await broker.clientConfig(), "--describe", "--topic", "topics.good"],
    ]);
    expect(described).toMatch(
      /Topic: topics\.good\s+TopicId: \S+\s+PartitionCount: 2\s+ReplicationFactor: 1\s+Configs: .*cleanup\.policy=compact/,
    );
  });
});

describe("describing topics", () => {
  it("tells layout and the topic's own configs only, and undefined for an absent one", async () => {
    expect(await admin.describeTopics(["topics.absent", "topics.good", "topics.good-too"])).toEqual(
      [
        undefined,
        {
          name: "topics.good",
          partitions: 2,
          replicationFactor: 1,
          configs: { "cleanup.policy": "compact" },
          internal: false,
        },
        {
          name: "topics.good-too",
          partitions: 1,
          replicationFactor: 1,
          configs: {},
          internal: false,
        },
      ],
    );
  });

  it("does not describe everything when asked for nothing", async () => {
    expect(await admin.describeTopics([])).toEqual([]);
  });

  it("knows internal topics, which appear with the first consumer group", async () => {
    await broker.tool("org.apache.kafka.tools.consumer.ConsoleConsumer", [
      ...[
        "--bootstrap-server",
        broker.bootstrapServer,
        "--topic",
        "topics.good",
        "--group",
        "topics.group",
      ],
      ...["--command-config", await broker.clientConfig(), "--timeout-ms", "4000"],
    ]);
    expect(await admin.listTopics()).toContain("__consumer_offsets");
    const [offsets] = await admin.describeTopics(["__consumer_offsets"]);
    expect(offsets).toMatchObject({ name: "__consumer_offsets", partitions: 1, internal: true });
  });
});

describe("changing topics", () => {
  it("adds partitions, is content with the count wanted, and refuses a decrease", async () => {
    const outcomes = await admin.createPartitions([
      { name: "topics.good", partitions: 3 },
      { name: "topics.good-too", partitions: 1 },
      { name: "topics.absent", partitions: 2 },
    ]);
    expect(told(outcomes).slice(0, 2)).toEqual(["ok", "ok"]);
    expect(outcomes[2]?.brokerError).toBe("UNKNOWN_TOPIC_OR_PARTITION");
    expect(told(await admin.createPartitions([{ name: "topics.good", partitions: 1 }]))).toEqual([
      "REFUSED topic topics.good: The topic topics.good currently has 3 partition(s); 1 would not be an increase (INVALID_PARTITIONS).",
    ]);
  });

  it("changes only the keys named, and waits until they show however they are spelt", async () => {
    const set = { "retention.ms": "0060000", "cleanup.policy": "compact, delete" };
    const elsewhere = { "leader.replication.throttled.replicas": "0:1" };
    await admin.alterTopicConfigs([{ name: "topics.good-too", set: elsewhere, remove: [] }]);
    const outcomes = await admin.alterTopicConfigs([
      { name: "topics.good-too", set, remove: [] },
      { name: "topics.absent", set, remove: [] },
      { name: "topics.good", set: { "retention.ms": "abc" }, remove: [] },
    ]);
    expect(told(outcomes)).toEqual([
      "ok",
      `REFUSED ${NO_TOPIC}: it may have been deleted by hand; a refresh finds out.`,
      "REFUSED topic topics.good: Invalid value abc for configuration retention.ms: Not a number of type LONG (INVALID_CONFIG).",
    ]);
    await admin.alterTopicConfigs([
      { name: "topics.good-too", set: {}, remove: ["cleanup.policy"] },
    ]);
    const [described] = await admin.describeTopics(["topics.good-too"]);
    expect(described).toMatchObject({ configs: { ...elsewhere, "retention.ms": "60000" } });
  });
});

describe("deleting topics", () => {
  it("deletes, and is content with an absent one at once, in one request", async () => {
    const before = new Map(admin.requests);
    const started = performance.now();
    expect(told(await admin.deleteTopics(["topics.good", "topics.absent"]))).toEqual(["ok", "ok"]);
    // The library's own call retries an absent topic for three seconds.
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(requestsSince(before, admin.requests)).toMatchObject({ DeleteTopics: 1 });
    expect(await admin.listTopics()).not.toContain("topics.good");
  });
});
