import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CANARY_TOPIC } from "../../../model/observability/exporter-access.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import type { Login } from "../../support/kafka/running-broker.ts";
import { told } from "../../support/kafka/kafka-clients.ts";
import { type Series, type Watch, WatchedBroker } from "./watched-broker.ts";

let broker: JarBroker;
let watched: WatchedBroker;

beforeAll(async () => {
  broker = await JarBroker.start();
  watched = await WatchedBroker.connect(broker);
  await watched.topic("orders", 2);
  await watched.topic(CANARY_TOPIC);
  await watched.records("orders", [Date.now()]);
  await watched.position("billing", "orders", 0);
});
afterAll(async () => {
  await watched.close().catch(() => undefined);
  await broker.destroy();
});

const part = (series: Series, name: string, label: string) =>
  series.value(`kafka_collect_${name}`, { part: label });

async function until(
  what: string,
  seconds: number,
  holds: () => Promise<boolean>,
): Promise<number> {
  const started = Date.now();
  while (Date.now() - started < seconds * 1000) {
    if (await holds()) return (Date.now() - started) / 1000;
    await sleep(200);
  }
  throw new Error(`not within ${String(seconds)} s: ${what}`);
}

it("says that a right is missing, and shows no 0 for what it may not see", async () => {
  const login: Login = { username: "blind", password: "blind-password" };
  const outcomes = await watched.admin.upsertScramCredentials([
    { ...login, mechanism: "SCRAM-SHA-512" },
  ]);
  expect(told(outcomes)).toEqual(["ok"]);
  const topics = [{ name: "orders", owner: "shop", minInsyncReplicas: 1 }];
  const watch = await watched.watch({ declared: { topics } }, login);
  const series = await watch.scrape();
  for (const label of ["cluster", "topics", "groups"]) {
    expect(`${label} ${String(part(series, "denied", label))}`).toBe(`${label} 1`);
    expect(`${label} ${String(part(series, "success", label))}`).toBe(`${label} 0`);
  }
  expect(part(series, "denied", "log_dirs")).toBe(1);
  expect(series.names("kafka_topic")).toEqual([]);
  expect(series.names("kafka_consumer")).toEqual([]);
  expect(series.names("kafka_cluster")).toEqual([]);
  // The broker did answer.
  expect(series.value("kafka_broker_up", { broker: 1 })).toBe(1);
  expect(watch.said.join("\n")).toContain("may not describe the cluster");
  expect(watch.said.join("\n")).not.toContain(login.password);
  await watch.stop();
});

it("sees records and positions with the five read-only rights, and lag in seconds as far as it watched", async () => {
  const login: Login = { username: "inspector", password: "inspector-password" };
  await watched.admin.upsertScramCredentials([{ ...login, mechanism: "SCRAM-SHA-512" }]);
  const entry = { principal: "User:inspector", host: "*", permissionType: "ALLOW" } as const;
  const rights = [
    ["CLUSTER", "kafka-cluster", "DESCRIBE"],
    ["CLUSTER", "kafka-cluster", "DESCRIBE_CONFIGS"],
    ["TOPIC", "*", "DESCRIBE"],
    ["TOPIC", "*", "DESCRIBE_CONFIGS"],
    ["GROUP", "*", "DESCRIBE"],
  ] as const;
  const acls = rights.map(([resourceType, resourceName, operation]) => ({
    ...{ resourceType, resourceName, operation, patternType: "LITERAL" as const },
    ...entry,
  }));
  expect(told(await watched.admin.createAcls(acls))).toEqual(acls.map(() => "ok"));
  const watch = await watched.watch({}, login);
  const series = await watch.scrape();
  const billing = { consumergroup: "billing", topic: "orders" };
  expect(series.value("kafka_consumergroup_lag_sum", billing)).toBe(1);
  for (const label of ["cluster", "topics", "groups", "offsets", "log_dirs"]) {
    expect(`${label} ${String(part(series, "success", label))}`).toBe(`${label} 1`);
  }
  // Without Read the record at the position stays unknown: no series, and said so.
  expect(series.value("kafka_consumergroup_lag_seconds", billing)).toBeUndefined();
  expect(part(series, "denied", "positions")).toBe(1);
  await watch.stop();
});

/** Requests of a cycle that looks at disks, by the counters that it serves. */
async function requestsOfCycle(watch: Watch): Promise<number> {
  const total = (series: Series) =>
    series
      .names("kafka_collect_requests_total")
      .reduce((sum, name) => sum + (series.byName(name) ?? 0), 0);
  const before = total(await watch.scrape());
  for (let cycle = 0; cycle < 4; cycle += 1) await watch.look();
  // One of four looks at disks; looks at ends go on by themselves.
  return (total(await watch.scrape()) - before) / 4;
}

it("asks as many questions about 600 partitions and 30 groups as about 3 and 1", async () => {
  const watch = await watched.watch();
  try {
    const few = await requestsOfCycle(watch);
    for (let n = 0; n < 6; n += 1) await watched.topic(`many.${String(n)}`, 100);
    for (let n = 0; n < 29; n += 1) {
      await watched.position(`many-${String(n)}`, `many.${String(n % 6)}`, 0);
    }
    // Whoever asks right after a commit may be told of the group a moment later only.
    await until("all groups are seen", 20, async () => {
      const series = await watch.look();
      return series.names("kafka_consumergroup_lag_sum").length === 30;
    });
    const series = await watch.look();
    expect(series.names("kafka_topic_partition_leader").length).toBeGreaterThan(600);
    const many = await requestsOfCycle(watch);
    console.info(`requests a cycle: ${String(few)}, then ${String(many)}`);
    expect(many).toBeLessThan(few + 1);
    // Three brokers have three times as many, but for the two that any of them answers.
    expect(many * 3).toBeLessThan(50);
  } finally {
    await watch.stop();
  }
});

it("keeps every series while the broker is away, says so within 15 s, and sees it come back", async () => {
  const watch = await watched.watch({ intervalSeconds: 2, canary: { topic: CANARY_TOPIC } });
  try {
    await until("canary is up", 10, async () => canaryUp(await watch.scrape()) === 1);
    const before = await watch.scrape();
    expect(await status(watch, "/readyz")).toBe(200);
    const failed = before.value("kafka_canary_failed_total", { broker: 1 }) ?? 0;
    expect(before.value("kafka_canary_latency_seconds_count", { broker: 1 })).toBeGreaterThan(0);

    await broker.kill();
    const seen = await until(
      "canary is down",
      15,
      async () => canaryUp(await watch.scrape()) === 0,
    );
    const down = await until(
      "broker is down",
      15,
      async () => brokerUp(await watch.scrape()) === 0,
    );
    console.info(`killed: canary after ${seen.toFixed(1)} s, broker_up ${down.toFixed(1)} s later`);
    const during = await watch.scrape();
    const gone = before.names("").filter((series) => !during.names("").includes(series));
    expect(gone.filter((series) => !series.startsWith("kafka_canary"))).toEqual([]);
    expect(during.value("kafka_brokers")).toBe(0);
    expect(part(during, "success", "cluster")).toBe(0);
    expect(part(during, "denied", "cluster")).toBe(0);
    expect(during.value("kafka_canary_failed_total", { broker: 1 })).toBeGreaterThan(failed);
    await until("not ready", 15, async () => (await status(watch, "/readyz")) === 503);
    expect(await status(watch, "/healthz")).toBe(200);

    await broker.startAgain();
    await until("broker is up", 20, async () => brokerUp(await watch.scrape()) === 1);
    await until("canary is up", 15, async () => canaryUp(await watch.scrape()) === 1);
    expect(watch.said.join("\n")).toContain('"over: ');
    // Once for each kind of problem, not once a cycle.
    expect(watch.said.length).toBeLessThan(40);

    // A frozen broker keeps its connections and answers nothing.
    await broker.freeze();
    const frozen = await until(
      "canary is down",
      15,
      async () => canaryUp(await watch.scrape()) === 0,
    );
    console.info(`frozen: canary after ${frozen.toFixed(1)} s`);
  } finally {
    broker.thaw();
    await watch.stop();
  }
});

const canaryUp = (series: Series) => series.value("kafka_canary_up", { broker: 1 });
const brokerUp = (series: Series) => series.value("kafka_broker_up", { broker: 1 });
const status = async (watch: Watch, path: string) => (await watch.get(path)).status;
