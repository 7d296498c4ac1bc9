import { Consumer, Producer, stringDeserializers, stringSerializers } from "@platformatic/kafka";
import { beforeAll, expect, it } from "vitest";

import { topicUsageText } from "../../../guards/live-usage.ts";
import { topicUsage } from "../../../clients/kafka/topic-usage.ts";
import { adminOf, loginOptions, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

const broker = sharedBroker();

beforeAll(async () => {
  const admin = await adminOf(broker);
  const topics = ["usage.orders", "usage.empty"].map((name) => ({
    name,
    partitions: 3,
    replicationFactor: 1,
    configs: {},
  }));
  expect(told(await admin.createTopics(topics))).toEqual(["ok", "ok"]);
  await admin.close();
});

const client = () => ({
  clientId: "usage-test",
  bootstrapBrokers: [broker.bootstrapServer],
  sasl: { mechanism: "SCRAM-SHA-512" as const, ...broker.admin },
});

it("counts records and bytes, and names the groups that read it now", async () => {
  const producer = new Producer({ ...client(), serializers: stringSerializers });
  const messages = Array.from({ length: 30 }, (_, n) => ({
    topic: "usage.orders",
    key: String(n),
    value: "x".repeat(100),
  }));
  await producer.send({ messages });
  await producer.close();
  const consumer = new Consumer({
    ...client(),
    groupId: "usage.billing",
    deserializers: stringDeserializers,
    autocommit: false,
  });
  const stream = await consumer.consume({ topics: ["usage.orders"], mode: "earliest" });
  for await (const message of stream) {
    await message.commit();
    break;
  }
  const usage = await topicUsage(loginOptions(broker), "usage.orders");
  expect(usage).toMatchObject({ records: 30, liveGroups: ["usage.billing"] });
  expect(usage?.bytes).toBeGreaterThan(3000);
  expect(await topicUsage(loginOptions(broker), "usage.empty")).toEqual({
    records: 0,
    bytes: 0,
    liveGroups: [],
  });
  expect(await topicUsage(loginOptions(broker), "usage.none")).toBeUndefined();
  await stream.close();
  await consumer.close(true);
});

it("is described in one sentence", () => {
  const usage = { records: 1_200_000, bytes: 3 * 2 ** 30, liveGroups: ["a", "b"] };
  expect(topicUsageText(usage)).toBe(
    "The cluster was asked: it holds at most 1,200,000 records, 3 GiB on the brokers' disks, and has 2 live consumer groups (a, b).",
  );
  expect(topicUsageText({ records: 1, bytes: 0, liveGroups: [] })).toBe(
    "The cluster was asked: it holds at most 1 record, 0 B on the brokers' disks, and has no live consumer group.",
  );
  expect(topicUsageText(undefined)).toBe("The cluster was asked: there is no such topic.");
});
