import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { topicSchema } from "../../../model/topic/topic-declaration.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";
import { type TieredBroker, tieredBroker } from "../../support/kafka/tiered-broker.ts";

/** Three segments and more. */
const RECORDS = 4000;
const SIZE = 1000;

const declared = topicSchema.parse(
  event({
    description: "d",
    key: "k",
    classification: "internal",
    eventsPerHour: { from: 0, to: 1 },
    partitions: 1,
    retention: "7d",
    maxMessageSize: "64 KiB",
    config: {
      "remote.storage.enable": true,
      "local.retention.bytes": "1 MiB",
      "segment.bytes": "1 MiB",
    },
  }),
);
const { config, ...spec } = topicSpec(declared, "dev");
const topic = (name: string) => ({ name, ...spec, configs: config });

let tiered: TieredBroker;

beforeAll(async () => {
  tiered = await tieredBroker();
});
afterAll(() => tiered.destroy());

const segments = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".log"),
  );

test("older segments of a topic that wants it go to the store, and are read from there", async () => {
  const { broker, store } = tiered;
  const admin = await adminOf(broker);
  expect(told(await admin.createTopics([topic("tiered.orders")]))).toEqual(["ok"]);
  await admin.close();
  const client = [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
  ];
  await broker.tool("org.apache.kafka.tools.ProducerPerformance", [
    ...["--topic", "tiered.orders", "--num-records", String(RECORDS)],
    ...["--record-size", String(SIZE), "--throughput", "-1"],
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
  ]);
  const local = path.join(broker.folder, "data", "tiered.orders-0");
  // What is in the store goes here: the segment that is written to stays, and up to one more.
  await expect.poll(() => segments(local).length, { timeout: 60_000 }).toBeLessThan(3);
  expect(segments(store).length).toBeGreaterThan(1);
  const offsets = await broker.tool("org.apache.kafka.tools.GetOffsetShell", [
    ...client,
    ...["--topic", "tiered.orders", "--time", "earliest"],
  ]);
  expect(offsets.trim()).toBe("tiered.orders:0:0");
  const read = await broker.tool("org.apache.kafka.tools.consumer.ConsoleConsumer", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--topic", "tiered.orders", "--from-beginning", "--max-messages", String(RECORDS)],
    ...["--timeout-ms", "30000"],
  ]);
  expect(read.split("\n").filter((line) => line.length === SIZE)).toHaveLength(RECORDS);
});

test("brokers without a store refuse such a topic, as its check says", async () => {
  const admin = await adminOf(sharedBroker());
  const [outcome = ""] = told(await admin.validateTopics([topic("tiered.refused")]));
  await admin.close();
  expect(outcome).toContain("Tiered Storage functionality is disabled in the broker");
});
