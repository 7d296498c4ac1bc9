import { setTimeout as sleep } from "node:timers/promises";

import { fetchV12 } from "@platformatic/kafka";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { Access } from "../../../model/access/grants.ts";
import { scramClientProperties } from "../../../model/broker/secret-files.ts";
import { BrokerLink } from "../../../clients/kafka/broker-link.ts";
import { connectTopics } from "../../../model/catalogue/connect-topics.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { topicSchema } from "../../../model/topic/topic-declaration.ts";
import { accessCluster, loginOf, untilCoordinated } from "../../support/access/access-cluster.ts";
import { errorName, send } from "../../support/access/access-probes.ts";
import { freePorts } from "../../support/kafka/free-ports.ts";
import type { JarBroker } from "../../support/kafka/jar-broker.ts";
import { JavaClient } from "../../support/kafka/java-client.ts";
import { loginOptions } from "../../support/kafka/kafka-clients.ts";
import { TOPIC_PROBES } from "../../support/kafka/topic-probes.ts";

// Kafka's own Streams, Connect and MirrorMaker, each with the rights of its kind and no others. The
// broker logs what it refuses, so what a client asks for in vain is seen even where it does not mind.

const DEADLINE_MS = 150_000;
const TEST_MS = 180_000;
const CONNECT = {
  group: "connect-cluster",
  ...{ configTopic: "connect-configs", offsetTopic: "connect-offsets" },
  ...{ statusTopic: "connect-status", exactlyOnce: true },
};
const application = (applicationId: string, exactlyOnce: boolean) => ({
  ...{ applicationId, exactlyOnce },
  ...{ consumes: ["streams-plaintext-input"], produces: ["streams-wordcount-output"] },
});
const ACCOUNTS: readonly Access[] = [
  { username: "words-once", grants: { streams: [application("words-once", true)] } },
  { username: "words-twice", grants: { streams: [application("words-twice", false)] } },
  { username: "worker", grants: { connect: [CONNECT], produces: ["heartbeats"] } },
  {
    username: "mirror-out",
    grants: { mirrorsTo: [{ target: "eu", topics: ["orders"], groups: ["readers"] }] },
  },
  { username: "mirror-in", grants: { mirrorsFrom: ["us"] } },
];
const plain = topicSchema.parse(
  event({
    ...{ description: "d", key: "k", classification: "public", partitions: 1 },
    eventsPerHour: { from: 0, to: 1 },
  }),
);
const TOPICS = [
  ...["streams-plaintext-input", "streams-wordcount-output", "orders", "heartbeats"].map(
    (name) => ({ name, ...plain }),
  ),
  ...Object.entries(connectTopics(CONNECT)).map(([name, topic]) => ({
    name,
    ...topicSchema.parse(topic),
  })),
];

let broker: JarBroker;
let admin: BrokerLink;
let client: JavaClient | undefined;

beforeAll(async () => {
  broker = await accessCluster(TOPICS, ACCOUNTS, { logDenials: true });
  await untilCoordinated(broker);
  admin = new BrokerLink(loginOptions(broker));
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
});
afterAll(async () => {
  await admin.close();
  await broker.destroy();
});

const asUser = (username: string): Record<string, string> => ({
  "bootstrap.servers": broker.bootstrapServer,
  ...scramClientProperties(username, loginOf(username, "SCRAM-SHA-512").password),
});

const prefixed = (prefix: string, properties: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [prefix + key, value]));

/** Writes a record as the super user. */
const feed = (topic: string) => TOPIC_PROBES[0]?.ask(admin, [topic]);

/** What a topic's only partition holds: none while there is no such topic. */
async function partitionOf(topicId: string): Promise<{ end: number; isPurged: boolean }> {
  const from = { partition: 0, currentLeaderEpoch: -1, lastFetchedEpoch: -1, fetchOffset: 0n };
  const topics = [{ topicId, partitions: [{ ...from, partitionMaxBytes: 1 }] }];
  const answer = await send(admin, fetchV12.api, 0, 0, 1, 0, 0, -1, topics, [], "");
  const { errorCode = 0, highWatermark = 0n } = answer.responses[0]?.partitions[0] ?? {};
  // The first record was asked for, and is out of range once it has been purged.
  return {
    end: Number(highWatermark),
    isPurged: errorName({ errorCode }) === "OFFSET_OUT_OF_RANGE",
  };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await isSo())) {
    const gone = client?.isRunning === false;
    if (gone || Date.now() > deadline) throw new Error(`not ${what}:\n${client?.output ?? ""}`);
    await sleep(250);
  }
}

test.each([
  ["words-once", "exactly_once_v2"],
  ["words-twice", "at_least_once"],
])(
  "the Streams application %s counts words with its rights alone, %s",
  async (name, guarantee) => {
    client = await JavaClient.start("org.apache.kafka.streams.examples.wordcount.WordCountDemo", {
      ...asUser(name),
      ...{ "application.id": name, "processing.guarantee": guarantee },
      ...{ "commit.interval.ms": "500", "repartition.purge.interval.ms": "500" },
    });
    const before = await partitionOf("streams-wordcount-output");
    const repartition = `${name}-KSTREAM-AGGREGATE-STATE-STORE-0000000003-repartition`;
    await feed("streams-plaintext-input");
    await until(
      "counted",
      async () => (await partitionOf("streams-wordcount-output")).end > before.end,
    );
    await until("purged", async () => (await partitionOf(repartition)).isPurged);
    expect(await broker.denials(name)).toEqual([]);
  },
  TEST_MS,
);

test(
  "a Connect worker runs a connector exactly once, and can only try to make its topics",
  async () => {
    const rest = `http://127.0.0.1:${(await freePorts()).client}`;
    const login = asUser("worker");
    const bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
    client = await JavaClient.start("org.apache.kafka.connect.cli.ConnectDistributed", {
      ...{ ...login, listeners: rest, "plugin.discovery": "service_load" },
      ...{ "group.id": CONNECT.group, "config.storage.topic": CONNECT.configTopic },
      "offset.storage.topic": CONNECT.offsetTopic,
      "status.storage.topic": CONNECT.statusTopic,
      ...{ "key.converter": bytes, "value.converter": bytes },
      "exactly.once.source.support": "enabled",
      ...prefixed("producer.", login),
      ...prefixed("consumer.", login),
      ...prefixed("admin.", login),
    });
    const connector = {
      "connector.class": "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
      ...{ "source.cluster.alias": "a", "target.cluster.alias": "b" },
      ...prefixed("target.cluster.", login),
      "heartbeats.topic.replication.factor": "1",
    };
    const request = { method: "PUT", headers: { "content-type": "application/json" } };
    await until("taken", async () => {
      const put = { ...request, body: JSON.stringify(connector) };
      const answer = await fetch(`${rest}/connectors/beat/config`, put).catch(() => undefined);
      return answer?.ok ?? false;
    });
    await until("beating", async () => (await partitionOf("heartbeats")).end > 0);
    const denied = (await broker.denials("worker")).filter((one) => !one.endsWith(":heartbeats"));
    expect(denied).toEqual(
      ["configs", "offsets", "status"].map((kind) => `CREATE on Topic:LITERAL:connect-${kind}`),
    );
  },
  TEST_MS,
);

test(
  "MirrorMaker copies a topic with a login on either side",
  async () => {
    const one = { "replication.factor": "1", "offset-syncs.topic.replication.factor": "1" };
    const internal = ["config", "offset", "status"].map((kind) => [
      `${kind}.storage.replication.factor`,
      "1",
    ]);
    client = await JavaClient.start("org.apache.kafka.connect.mirror.MirrorMaker", {
      clusters: "us,eu",
      ...prefixed("us.", asUser("mirror-out")),
      ...prefixed("eu.", asUser("mirror-in")),
      ...{ "us->eu.enabled": "true", "us->eu.topics": "orders", "us->eu.groups": "readers" },
      ...{ "eu->us.enabled": "false", "eu->us.emit.heartbeats.enabled": "false" },
      ...{ ...one, ...(Object.fromEntries(internal) as Record<string, string>) },
      ...prefixed("checkpoints.topic.", one),
      ...prefixed("heartbeats.topic.", one),
      "sync.topic.acls.enabled": "false",
      "plugin.discovery": "service_load",
    });
    await feed("orders");
    await until("copied", async () => (await partitionOf("us.orders")).end > 0);
    expect([await broker.denials("mirror-out"), await broker.denials("mirror-in")]).toEqual([
      [],
      [],
    ]);
  },
  TEST_MS,
);
