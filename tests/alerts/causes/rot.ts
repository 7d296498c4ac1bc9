/** Records that rot on a disk, at a place that no checksum covers. */
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { type Broker, BROKERS } from "../../faults/brokers.ts";
import type { ClusterUnderTest } from "../../faults/cluster.ts";
import { volumeFolder } from "../../faults/injection/disks.ts";
import { confluent } from "../../support/kafka/confluent-client.ts";

const TOPIC = "alerts.rots";
/** Of a batch of records: its first offset, and how long the rest is. The checksum is of what follows. */
const OFFSET_BYTES = 8;
const HEAD_BYTES = 12;
/** Of one record each. */
const BATCHES = 4;
/** The one that is to be before the first. */
const ROTTEN = 2;

export const makeTopicThatRots = (cluster: ClusterUnderTest): Promise<void> =>
  cluster.createTopics([TOPIC], 1);

export const removeTopicThatRots = (cluster: ClusterUnderTest): Promise<void> =>
  cluster.deleteTopics([TOPIC]);

/** Writes records while a broker is away, and makes them rot on the disk that it will copy them from. */
export async function rots(cluster: ClusterUnderTest): Promise<void> {
  const config = await cluster.config();
  let leader: Broker | undefined;
  for (let at = 0; at < BATCHES; at += 1) {
    const { leaders = [], error } = await confluent({ action: "spread", config, topic: TOPIC });
    if (error !== undefined) throw new Error(`${TOPIC} takes no record: ${error}`);
    leader = BROKERS.find((broker) => cluster.stack.addresses[broker] === leaders[0]);
  }
  if (leader === undefined) throw new Error(`no broker of the stack leads ${TOPIC}`);
  const segment = await segmentOf(cluster, leader);
  const file = openSync(segment, "r+");
  try {
    writeSync(file, Buffer.alloc(OFFSET_BYTES), 0, OFFSET_BYTES, batchAt(segment, ROTTEN));
  } finally {
    closeSync(file);
  }
}

/** Where a batch begins in a file of records. */
function batchAt(segment: string, index: number): number {
  const content = readFileSync(segment);
  let position = 0;
  for (let at = 0; at < index; at += 1) {
    position += HEAD_BYTES + content.readInt32BE(position + OFFSET_BYTES);
  }
  if (position >= content.length) throw new Error(`${segment} has no batch ${String(index)}`);
  return position;
}

async function segmentOf(cluster: ClusterUnderTest, broker: Broker): Promise<string> {
  const folder = await volumeFolder(cluster, broker);
  const ending = path.join(`${TOPIC}-0`, "00000000000000000000.log");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = names.find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`broker ${String(broker)} has no copy of ${TOPIC}`);
  return path.join(folder, found);
}
