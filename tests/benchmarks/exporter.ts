/**
 * `node tests/benchmarks/exporter.ts [PARTITIONS] [GROUPS]`: what a cycle of the exporter costs beside a
 * real broker: seconds, requests, memory, and the size and time of a scrape. Defaults: 10,000 and 500, of
 * which each group reads 20 partitions.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import { KafkaAdmin } from "../../clients/kafka/admin.ts";
import type { ExporterConfigFile } from "../../model/observability/exporter-config.ts";
import { loginOptions, told } from "../support/kafka/kafka-clients.ts";
import { untilCoordinated } from "../support/access/access-cluster.ts";
import { JarBroker } from "../support/kafka/jar-broker.ts";

const [partitions = 10_000, groups = 500] = process.argv.slice(2).map(Number);
const PER_TOPIC = 50;
const PER_GROUP = 20;
const INTERVAL_SECONDS = 15;
const PORT = 19_308;

const broker = await JarBroker.start({
  heapMb: 1024,
  properties: { "log.index.size.max.bytes": "4096", "metadata.max.idle.interval.ms": "5000" },
});
const folder = mkdtempSync(path.join(tmpdir(), "exporter-benchmark-"));
let exporter: ChildProcess | undefined;
try {
  await declare();
  exporter = start();
  await measure(exporter);
} finally {
  exporter?.kill("SIGTERM");
  await broker.destroy();
  rmSync(folder, { recursive: true });
}

async function declare(): Promise<void> {
  const admin = await KafkaAdmin.connect({ ...loginOptions(broker), deadlineMs: 120_000 });
  const topics = Array.from({ length: Math.ceil(partitions / PER_TOPIC) }, (_, n) => ({
    name: `bench.${String(n)}`,
    partitions: PER_TOPIC,
    replicationFactor: 1,
    configs: {},
  }));
  for (let at = 0; at < topics.length; at += 20) {
    const outcomes = told(await admin.createTopics(topics.slice(at, at + 20)));
    const failed = outcomes.find((outcome) => outcome !== "ok");
    if (failed !== undefined) throw new Error(failed);
  }
  await admin.close();
  const library = new Admin({
    clientId: "benchmark",
    bootstrapBrokers: [broker.bootstrapServer],
    sasl: { mechanism: "SCRAM-SHA-512", ...broker.admin },
  });
  // The first group makes the topic that all are kept in, which takes a while.
  await untilCoordinated(broker);
  for (let n = 0; n < groups; n += 1) {
    const topic = topics[n % topics.length]?.name ?? "";
    const partitionOffsets = Array.from({ length: PER_GROUP }, (_, partition) => ({
      partition,
      offset: 0n,
    }));
    await library.alterConsumerGroupOffsets({
      groupId: `bench-${String(n)}`,
      topics: [{ name: topic, partitionOffsets }],
    });
  }
  await library.close();
}

function start(): ChildProcess {
  const passwordFile = path.join(folder, "password");
  writeFileSync(passwordFile, broker.admin.password, { mode: 0o600 });
  const config: ExporterConfigFile = {
    cluster: "benchmark",
    bootstrapServers: [broker.bootstrapServer],
    login: { username: broker.admin.username, mechanism: "SCRAM-SHA-512", passwordFile },
    listen: { host: "127.0.0.1", port: PORT },
    intervalSeconds: INTERVAL_SECONDS,
  };
  const file = path.join(folder, "exporter.json");
  writeFileSync(file, JSON.stringify(config));
  const args = [
    "--max-semi-space-size=2",
    "--optimize-for-size",
    "services/exporter/main.ts",
    file,
  ];
  return spawn(process.execPath, args, { stdio: "inherit" });
}

async function measure(process_: ChildProcess): Promise<void> {
  const until = Date.now() + 120_000;
  while (Date.now() < until && !(await text().catch(() => "")).includes("kafka_topic_log_bytes")) {
    await sleep(500);
  }
  // What starting costs is over: one cycle from here.
  await sleep(INTERVAL_SECONDS * 1000);
  const before = sum(await text(), "kafka_collect_requests_total");
  await sleep(INTERVAL_SECONDS * 1000);
  const started = performance.now();
  const page = await text();
  const scrapeMs = performance.now() - started;
  console.log(
    [
      `${String(partitions)} partitions, ${String(groups)} groups at ${String(PER_GROUP)} partitions each, 1 broker`,
      `a cycle: ${sum(page, "kafka_collect_duration_seconds").toFixed(2)} s, ${String(sum(page, "kafka_collect_requests_total") - before)} requests`,
      `looks at ends in between: one request to each broker every 1.9 s`,
      `a scrape: ${String(page.split("\n").length)} lines, ${(page.length / 2 ** 20).toFixed(1)} MiB, ${scrapeMs.toFixed(0)} ms`,
      `memory: ${memory(process_, "VmRSS")} now, ${memory(process_, "VmHWM")} at most`,
    ].join("\n"),
  );
}

async function text(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${String(PORT)}/metrics`)).text();
}

/** All series of a metric, added up. */
function sum(page: string, name: string): number {
  const values = page.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, "gm"));
  return [...values].reduce((total, [, value]) => total + Number(value), 0);
}

function memory({ pid }: ChildProcess, field: "VmRSS" | "VmHWM"): string {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  const [, kilobytes = "0"] = new RegExp(`${field}:\\s+(\\d+)`).exec(status) ?? [];
  return `${(Number(kilobytes) / 1024).toFixed(0)} MiB`;
}
