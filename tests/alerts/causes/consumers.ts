/** Groups that stop reading, and records that nobody has read. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import { confluent } from "../../support/kafka/confluent-client.ts";
import { kafkaTool } from "../../support/kafka/kafka-tool.ts";
import { DEPOT, SHOP } from "./domains.ts";

/** More than any of the groups may be behind. */
const RECORDS = 200;
const { visits } = DEPOT;
const READERS = [SHOP.orders, SHOP.invoices, SHOP.clicks, DEPOT.parcels, visits];

interface Reader {
  readonly topic: string;
  readonly group: string;
}

async function write(cluster: ClusterUnderTest, count: number): Promise<void> {
  const config = await cluster.config();
  const records = Array.from({ length: count }, (_, at) => String(at));
  for (const { topic } of READERS) {
    const { produced, error } = await confluent({ action: "produce", config, topic, records });
    if (produced !== count) throw new Error(`${topic} takes no records: ${error ?? ""}`);
  }
}

/** Reads records as a group. @throws Error unless it gets so many */
export async function read(
  cluster: ClusterUnderTest,
  { topic, group }: Reader,
  count: number,
): Promise<void> {
  const config = await cluster.config();
  const { error } = await confluent({ action: "consume", config, topic, group, count });
  if (error !== undefined) throw new Error(`${group} does not read ${topic}: ${error}`);
}

/** Every group reads what there is, and knows its place. */
export async function readersBegin(cluster: ClusterUnderTest): Promise<void> {
  await write(cluster, 1);
  for (const reader of READERS) await read(cluster, reader, 1);
}

/** Nobody reads any more, while records come. @returns when the last of them came */
export async function readersStop(cluster: ClusterUnderTest): Promise<number> {
  await write(cluster, RECORDS);
  return Date.now();
}

/** Somebody deletes the older half of the records, which nobody has read. */
export async function recordsAreDeleted(cluster: ClusterUnderTest): Promise<number> {
  const { bootstrapServers, caCertificate, admin } = await cluster.stack.outputs();
  const login = { bootstrap: bootstrapServers, ca: caCertificate, ...admin };
  const file = path.join(cluster.stack.checkout.folder, "deleted-records.json");
  const partitions = [{ topic: visits.topic, partition: 0, offset: RECORDS / 2 }];
  writeFileSync(file, JSON.stringify({ version: 1, partitions }));
  const tool = "org.apache.kafka.tools.DeleteRecordsCommand";
  await kafkaTool(login, tool, ["--offset-json-file", file]);
  return Date.now();
}

/** The groups come back, and read what is left. */
export async function readersComeBack(cluster: ClusterUnderTest): Promise<void> {
  for (const reader of READERS) {
    // What was deleted is not there to be read.
    await read(cluster, reader, reader === visits ? RECORDS / 2 : RECORDS);
  }
}
