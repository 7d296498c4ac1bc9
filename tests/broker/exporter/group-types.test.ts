import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scramClientProperties } from "../../../model/broker/secret-files.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { JavaClient } from "../../support/kafka/java-client.ts";
import { type Series, WatchedBroker } from "./watched-broker.ts";

let broker: JarBroker;
let watched: WatchedBroker;

beforeAll(async () => {
  broker = await JarBroker.start();
  watched = await WatchedBroker.connect(broker);
});
afterAll(async () => {
  await watched.close();
  await broker.destroy();
});

const lag = (series: Series, consumergroup: string, topic: string) =>
  series.value("kafka_consumergroup_lag_sum", { consumergroup, topic });

it("knows where a share group stands, with members and without", async () => {
  await watched.topic("shared");
  const stamps = Array.from({ length: 6 }, (_, n) => Date.now() - (60 - n) * 1_000);
  await watched.records("shared", stamps);
  const config = await broker.clientConfig();
  const connection = ["--bootstrap-server", broker.bootstrapServer, "--command-config", config];
  await broker.tool("kafka.admin.ConfigCommand", [
    ...[...connection, "--alter", "--entity-type", "groups", "--entity-name", "sharers"],
    ...["--add-config", "share.auto.offset.reset=earliest"],
  ]);
  const consumer = "org.apache.kafka.tools.consumer.ConsoleShareConsumer";
  const reading = broker.tool(consumer, [
    ...[...connection, "--topic", "shared", "--group", "sharers", "--timeout-ms", "8000"],
  ]);
  const watch = await watched.watch();
  try {
    let series = await watch.look();
    const members = { consumergroup: "sharers" };
    for (let n = 0; n < 60 && series.value("kafka_consumergroup_members", members) !== 1; n += 1) {
      await sleep(500);
      series = await watch.look();
    }
    expect(series.value("kafka_consumergroup_members", members)).toBe(1);
    await reading;
    await watched.records("shared", [Date.now()]);
    const written = Date.now();
    await sleep(2_500);
    series = await watch.look();
    expect(series.names('kafka_consumergroup_state{consumergroup="sharers"')).toEqual([
      'kafka_consumergroup_state{consumergroup="sharers",type="share",state="Empty"}',
    ]);
    expect(series.value("kafka_consumergroup_members", members)).toBe(0);
    // Six were shared out and acknowledged, the seventh came when nobody was there.
    expect(lag(series, "sharers", "shared")).toBe(1);
    const labels = { consumergroup: "sharers", topic: "shared" };
    const told = series.value("kafka_consumergroup_lag_seconds", labels) ?? NaN;
    expect(Math.abs(told - (Date.now() - written) / 1000)).toBeLessThan(1);
  } finally {
    await watch.stop();
  }
});

it("knows the members of a streams group, and its lag", async () => {
  await watched.topic("streams-plaintext-input");
  await watched.topic("streams-wordcount-output");
  await watched.records("streams-plaintext-input", [Date.now(), Date.now()]);
  const { username, password } = broker.admin;
  const client = await JavaClient.start(
    "org.apache.kafka.streams.examples.wordcount.WordCountDemo",
    {
      ...scramClientProperties(username, password),
      "bootstrap.servers": broker.bootstrapServer,
      "application.id": "words",
      "group.protocol": "streams",
      "commit.interval.ms": "500",
    },
  );
  const watch = await watched.watch();
  try {
    const labels = { consumergroup: "words", type: "streams", state: "Stable" };
    let series = await watch.look();
    const isDone = () =>
      series.value("kafka_consumergroup_state", labels) === 1 &&
      lag(series, "words", "streams-plaintext-input") === 0;
    for (let n = 0; n < 90 && !isDone(); n += 1) {
      await sleep(500);
      series = await watch.look();
    }
    expect(series.value("kafka_consumergroup_state", labels)).toBe(1);
    expect(series.value("kafka_consumergroup_members", { consumergroup: "words" })).toBe(1);
    expect(lag(series, "words", "streams-plaintext-input")).toBe(0);
    await client.stop();
    await watched.records("streams-plaintext-input", [Date.now(), Date.now(), Date.now()]);
    expect(lag(await watch.look(), "words", "streams-plaintext-input")).toBe(3);
    expect(watch.said.filter((line) => line.includes("warn"))).toEqual([]);
  } finally {
    await watch.stop();
    await client.stop();
  }
});
