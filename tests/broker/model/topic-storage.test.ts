import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { topicStorage } from "../../../model/capacity/topic-storage.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";

/** What the plan says a full topic takes, against what is on the disk of a real broker. */

const MIB = 2 ** 20;
const PARTITIONS = 2;
const LIMIT = 4 * MIB;
const RECORD = 10_000;
const RECORDS = 4_000;

let broker: JarBroker;
beforeAll(async () => {
  const eager = { "log.retention.check.interval.ms": "200", "log.initial.task.delay.ms": "200" };
  broker = await JarBroker.start({ properties: eager });
});
afterAll(() => broker.destroy());

async function bytesOnDisk(topic: string): Promise<number> {
  const data = path.join(broker.folder, "data");
  const folders = (await readdir(data)).filter((name) => name.startsWith(`${topic}-`));
  const sizes = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(path.join(data, folder));
      const logs = files.filter((name) => name.endsWith(".log"));
      return Promise.all(logs.map(async (log) => (await stat(path.join(data, folder, log))).size));
    }),
  );
  return sizes.flat().reduce((sum, size) => sum + size, 0);
}

test("a topic with a limit of size keeps that and up to a segment more of each partition", async () => {
  const configs = {
    ...{ "retention.bytes": String(LIMIT), "segment.bytes": String(MIB) },
    "file.delete.delay.ms": "0",
  };
  const admin = await adminOf(broker);
  await admin.createTopics([
    { name: "full", partitions: PARTITIONS, replicationFactor: 1, configs },
  ]);
  await admin.close();
  const producer = ["--topic", "full", "--num-records", String(RECORDS), "--throughput", "-1"];
  const login = ["--command-config", await broker.clientConfig()];
  await broker.tool("org.apache.kafka.tools.ProducerPerformance", [
    ...[...producer, "--record-size", String(RECORD), ...login],
    ...["--bootstrap-server", broker.bootstrapServer],
  ]);

  const plan = topicStorage(
    {
      ...{ cleanup: "delete", partitions: PARTITIONS, retention: 3_600_000, retentionSize: LIMIT },
      ...{ maxMessageSize: MIB, eventSize: RECORD, eventsPerHour: { to: RECORDS } },
      config: { "segment.bytes": String(MIB) },
    },
    "dev",
    1,
  );
  expect([plan.kept, plan.slack]).toEqual([PARTITIONS * LIMIT, PARTITIONS * MIB]);
  let size = await bytesOnDisk("full");
  while (size > plan.total) {
    await sleep(100);
    size = await bytesOnDisk("full");
  }
  // It has come to rest between the two.
  await sleep(1_000);
  expect(await bytesOnDisk("full")).toBe(size);
  expect(size).toBeGreaterThanOrEqual(plan.kept);
  expect(size).toBeLessThanOrEqual(plan.total);
});
