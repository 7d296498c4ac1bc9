import { setTimeout as sleep } from "node:timers/promises";
import { Consumer, Producer } from "@platformatic/kafka";
import { afterAll, beforeAll, expect, it } from "vitest";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { clientOptions, type Series, type Watch, WatchedBroker } from "./watched-broker.ts";

const SECOND = 1_000;
/** Of the age of a record, at the most. */
const ERROR_SECONDS = 1;

let broker: JarBroker;
let watched: WatchedBroker;

beforeAll(async () => {
  const properties = {
    "log.cleaner.backoff.ms": "200",
    "log.initial.task.delay.ms": "200",
  };
  broker = await JarBroker.start({ properties });
  watched = await WatchedBroker.connect(broker);
});
afterAll(async () => {
  await watched.close();
  await broker.destroy();
});

const seconds = (series: Series, group: string, topic: string) =>
  series.value("kafka_consumergroup_lag_seconds", { consumergroup: group, topic });
const records = (series: Series, group: string, topic: string) =>
  series.value("kafka_consumergroup_lag_sum", { consumergroup: group, topic });
const lost = (series: Series, group: string, topic: string) =>
  series.value("kafka_consumergroup_lost_records_total", { consumergroup: group, topic });

/** The difference to the truth in seconds, which is when the next record was stamped. */
function error(series: Series, group: string, topic: string, stamped: number, now = Date.now()) {
  const told = seconds(series, group, topic) ?? NaN;
  const off = Math.abs(told - (now - stamped) / SECOND);
  console.info(`${topic}: ${told.toFixed(3)} s, off by ${off.toFixed(3)} s`);
  return off;
}

/** Records of the past, `every` ms apart, the youngest as old as that. */
const past = (count: number, every: number, now = Date.now()) =>
  Array.from({ length: count }, (_, n) => now - (count - n) * every);

async function watching<T>(test: (watch: Watch) => Promise<T>): Promise<T> {
  const watch = await watched.watch();
  try {
    return await test(watch);
  } finally {
    await watch.stop();
  }
}

it("knows the age of records from before it was started, from a group that has stopped", async () => {
  await watched.topic("stopped", 2);
  const stamps = past(10, 20 * SECOND);
  await watched.records("stopped", stamps);
  await watched.position("stopped-group", "stopped", 4);
  await watching(async (watch) => {
    // The first look finds the position, and reads the record at it.
    const series = await watch.scrape();
    expect(error(series, "stopped-group", "stopped", stamps[4] ?? 0)).toBeLessThan(ERROR_SECONDS);
    expect(records(series, "stopped-group", "stopped")).toBe(6);
    // Read to the end: nothing is late, and that is known.
    await watched.position("stopped-group", "stopped", 10);
    expect(seconds(await watch.look(), "stopped-group", "stopped")).toBe(0);
    expect(records(await watch.scrape(), "stopped-group", "stopped")).toBe(0);
  });
});

it("knows the age of records that it saw come, whatever their producer has stamped them with", async () => {
  await watched.topic("seen");
  await watched.topic("copied", 1, { "retention.ms": "-1" });
  const [seen, copied]: number[][] = [[], []];
  await watched.position("seen-group", "seen", 0);
  await watched.position("seen-group", "copied", 0);
  await watching(async (watch) => {
    for (let n = 0; n < 12; n += 1) {
      const now = Date.now();
      seen?.push(now);
      copied?.push(now);
      await watched.records("seen", [now]);
      // As a copy of an old topic has: a year old when it is written.
      await watched.records("copied", [now - 365 * 86_400 * SECOND]);
      await sleep(700);
    }
    for (const offset of [0, 3, 6, 9, 11]) {
      await watched.position("seen-group", "seen", offset);
      await watched.position("seen-group", "copied", offset);
      const series = await watch.look();
      expect(error(series, "seen-group", "seen", seen?.[offset] ?? 0)).toBeLessThan(ERROR_SECONDS);
      const off = error(series, "seen-group", "copied", copied?.[offset] ?? 0);
      expect(off).toBeLessThan(ERROR_SECONDS);
    }
  });
});

it("uses the broker's time where the topic does, and reads compressed batches", async () => {
  await watched.topic("appended", 1, {
    "message.timestamp.type": "LogAppendTime",
    "compression.type": "gzip",
  });
  await watched.records("appended", [5]);
  const written = Date.now();
  await watched.records("appended", [7]);
  await sleep(1_500);
  await watched.position("appended-group", "appended", 1);
  await watching(async (watch) => {
    const off = error(await watch.scrape(), "appended-group", "appended", written);
    expect(off).toBeLessThan(ERROR_SECONDS);
  });
});

it("is not fooled by markers and aborted records: a group at the last real one is not late", async () => {
  await watched.topic("transactions");
  const producer = new Producer({
    ...clientOptions(broker),
    transactionalId: "exporter-test",
    idempotent: true,
  });
  const write = async (end: "commit" | "abort", at: number) => {
    const transaction = await producer.beginTransaction();
    const message = { topic: "transactions", partition: 0, value: Buffer.from("x") };
    await transaction.send({ messages: [{ ...message, timestamp: BigInt(at) }] });
    await transaction[end]();
  };
  const before = Date.now() - 60 * SECOND;
  await write("commit", before);
  await watched.position("tail-group", "transactions", 1);
  await watching(async (watch) => {
    // Offset 1 is the marker. Kafka counts it, nobody can read it.
    await watch.look();
    let series = await watch.look();
    expect(records(series, "tail-group", "transactions")).toBe(1);
    expect(seconds(series, "tail-group", "transactions")).toBe(0);
    // Aborted records, and their marker.
    await write("abort", before);
    await watch.look();
    series = await watch.look();
    expect(records(series, "tail-group", "transactions")).toBe(3);
    expect(seconds(series, "tail-group", "transactions")).toBe(0);
    // A record that counts: its age, not that of what lies before it.
    const real = Date.now();
    await write("commit", real);
    await sleep(3_000);
    await watch.look();
    series = await watch.look();
    const off = error(series, "tail-group", "transactions", real);
    expect(off).toBeLessThan(ERROR_SECONDS);
  });
  await producer.close();
});

it("goes to the next record that compaction has left", async () => {
  await watched.topic("compacted", 1, {
    "cleanup.policy": "compact",
    "min.cleanable.dirty.ratio": "0.01",
    "segment.ms": "200",
    "min.compaction.lag.ms": "0",
    "delete.retention.ms": "0",
  });
  const stamps = past(20, 10 * SECOND);
  for (const [n, at] of stamps.entries()) {
    // Three keys: only the last record of each stays.
    const key = Buffer.from(n < 18 ? "a" : `b${String(n)}`);
    const message = { topic: "compacted", partition: 0, key, value: Buffer.from("x") };
    await watched.producer.send({ messages: [{ ...message, timestamp: BigInt(at) }] });
  }
  await sleep(300);
  const last = Date.now();
  const message = { topic: "compacted", partition: 0, key: Buffer.from("z") };
  const one = { ...message, value: Buffer.from("x"), timestamp: BigInt(last) };
  await watched.producer.send({ messages: [one] });
  await watched.position("compacted-group", "compacted", 3);
  await watching(async (watch) => {
    // Until the cleaner has been there, offset 3 is the next; then offset 17.
    const deadline = Date.now() + 30 * SECOND;
    let off = Infinity;
    while (off > ERROR_SECONDS && Date.now() < deadline) {
      await sleep(500);
      await watched.position("compacted-group", "compacted", 3 + (Date.now() % 2));
      off = error(await watch.look(), "compacted-group", "compacted", stamps[17] ?? 0);
    }
    expect(off).toBeLessThan(ERROR_SECONDS);
  });
});

it("counts what was removed before a group came to it, and says that data is lost", async () => {
  await watched.topic("overtaken");
  const stamps = past(10, 10 * SECOND);
  await watched.records("overtaken", stamps);
  await watched.position("overtaken-group", "overtaken", 2);
  await watching(async (watch) => {
    const labels = { consumergroup: "overtaken-group", topic: "overtaken" };
    let series = await watch.scrape();
    expect(lost(series, "overtaken-group", "overtaken")).toBe(0);
    expect(series.value("kafka_consumergroup_seconds_to_data_loss", labels)).toBe(Infinity);
    await watched.library.deleteRecords({
      topics: [{ name: "overtaken", partitions: [{ partition: 0, offset: 6n }] }],
    });
    series = await watch.look();
    expect(lost(series, "overtaken-group", "overtaken")).toBe(4);
    expect(records(series, "overtaken-group", "overtaken")).toBe(4);
    expect(series.value("kafka_consumergroup_seconds_to_data_loss", labels)).toBe(0);
    const off = error(series, "overtaken-group", "overtaken", stamps[6] ?? 0);
    expect(off).toBeLessThan(ERROR_SECONDS);
    // Told once, not in each cycle.
    expect(lost(await watch.look(), "overtaken-group", "overtaken")).toBe(4);
  });
});

it("says nothing of a group in a topic made anew until it commits, and is right then", async () => {
  await watched.topic("anew");
  await watched.records("anew", past(5, SECOND));
  await watched.position("anew-group", "anew", 5);
  await watching(async (watch) => {
    expect(records(await watch.scrape(), "anew-group", "anew")).toBe(0);
    await watched.admin.deleteTopics(["anew"]);
    await watched.topic("anew");
    const stamp = Date.now();
    await watched.records("anew", [stamp, stamp]);
    await watched.position("anew-group", "anew", 1);
    const series = await watch.look();
    expect(records(series, "anew-group", "anew")).toBe(1);
    expect(error(series, "anew-group", "anew", stamp)).toBeLessThan(ERROR_SECONDS);
    // A position of before, beyond the end: all of the new topic is unread.
    await watched.position("anew-group", "anew", 500);
    expect(records(await watch.look(), "anew-group", "anew")).toBe(2);
  });
});

it("counts partitions that were added, of which the group has committed nothing", async () => {
  await watched.topic("grown");
  await watched.records("grown", past(3, SECOND));
  await watched.position("grown-group", "grown", 3);
  await watching(async (watch) => {
    expect(records(await watch.scrape(), "grown-group", "grown")).toBe(0);
    await watched.admin.createPartitions([{ name: "grown", partitions: 2 }]);
    const stamp = Date.now();
    await watched.records("grown", [stamp, stamp, stamp], 1);
    await sleep(2_000);
    const series = await watch.look();
    expect(records(series, "grown-group", "grown")).toBe(3);
    expect(error(series, "grown-group", "grown", stamp)).toBeLessThan(ERROR_SECONDS);
  });
});

it("sees the members of classic groups and of KIP-848 groups, and the lag that Kafka's own tool sees", async () => {
  await watched.topic("live", 3);
  for (const partition of [0, 1, 2]) await watched.records("live", past(7, SECOND), partition);
  const consumers = (["classic", "consumer"] as const).map(
    (groupProtocol) =>
      new Consumer({
        ...clientOptions(broker),
        groupId: `live-${groupProtocol}`,
        groupProtocol,
        autocommit: false,
      }),
  );
  const streams = await Promise.all(
    consumers.map((consumer) => consumer.consume({ topics: ["live"], mode: "earliest" })),
  );
  for (const stream of streams) {
    let count = 0;
    for await (const message of stream) {
      await message.commit();
      if ((count += 1) === 5) break;
    }
  }
  await watching(async (watch) => {
    const series = await watch.look();
    for (const type of ["classic", "consumer"]) {
      const consumergroup = `live-${type}`;
      expect(series.value("kafka_consumergroup_members", { consumergroup })).toBe(1);
      const labels = { consumergroup, type, state: "Stable" };
      expect(series.value("kafka_consumergroup_state", labels)).toBe(1);
    }
    const config = await broker.clientConfig();
    const told = await broker.tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", [
      ...["--bootstrap-server", broker.bootstrapServer, "--command-config", config],
      ...["--describe", "--all-groups", "--offsets"],
    ]);
    // GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG …
    const rows = told.split("\n").map((line) => line.trim().split(/\s+/));
    // Kafka counts below zero for a position beyond the end, and looks at groups of test files before this.
    const lags = rows.filter(([, , , , , lag]) => /^\d+$/.test(lag ?? ""));
    expect(lags.filter(([group]) => group?.startsWith("live-")).length).toBeGreaterThan(1);
    for (const [consumergroup = "", topic = "", partition = "", committed, , lag] of lags) {
      const labels = { consumergroup, topic, partition };
      if (series.value("kafka_topic_partitions", { topic }) === undefined) continue;
      const where = `${consumergroup} ${topic}-${partition}`;
      const own = `${String(series.value("kafka_consumergroup_current_offset", labels))}, ${String(series.value("kafka_consumergroup_lag", labels))}`;
      if (consumergroup === "overtaken-group") continue;
      expect(`${where}: ${own}`).toBe(`${where}: ${committed ?? ""}, ${lag ?? ""}`);
    }
  });
  for (const stream of streams) await stream.close();
  await Promise.all(consumers.map((consumer) => consumer.close(true)));
});
