import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Access } from "../../../model/access/grants.ts";
import { clientSettings } from "../../../model/credentials/client-settings.ts";
import { clientProperties } from "../../../model/credentials/formats/properties.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { topicSchema } from "../../../model/topic/topic-declaration.ts";
import { accessCluster, loginOf, untilCoordinated } from "../../support/access/access-cluster.ts";
import { GROUP_IDS, GROUP_PREFIXES, TRANSACTIONAL_IDS } from "../../support/access/client-ids.ts";
import {
  confluent,
  confluentWork,
  installConfluentClient,
  scramConfig,
} from "../../support/kafka/confluent-client.ts";
import type { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";

// Names in which clients meet: what a declaration may say, Kafka keeps as it is said.

const TOPIC = "Orders";
const groups = [...GROUP_IDS, ...GROUP_PREFIXES];
const ACCOUNTS: readonly Access[] = [
  {
    username: "reader",
    grants: { consumes: groups.map((group) => ({ topics: [TOPIC], group })) },
  },
  {
    username: "writer",
    grants: { produces: [TOPIC], transactionalIds: TRANSACTIONAL_IDS },
  },
];
const topic = topicSchema.parse(
  event({
    ...{ description: "d", key: "k", classification: "public", partitions: 1 },
    eventsPerHour: { from: 0, to: 1 },
  }),
);
const config = (username: string) =>
  scramConfig(broker.bootstrapServer, username, loginOf(username, "SCRAM-SHA-512").password);

let broker: JarBroker;

beforeAll(async () => {
  installConfluentClient();
  broker = await accessCluster([{ name: TOPIC, ...topic }], ACCOUNTS);
  await untilCoordinated(broker);
});
afterAll(() => broker.destroy());

test("Kafka stores an entry on every name as it is declared", async () => {
  const admin = await adminOf(broker);
  const stored = await admin.describeAcls();
  await admin.close();
  const named = (type: string) =>
    stored
      .filter(({ resourceType }) => resourceType === type)
      .map(
        ({ resourceName, patternType }) => resourceName + (patternType === "PREFIXED" ? "*" : ""),
      );
  // "_*" allows "_exp" already.
  expect(named("GROUP").sort()).toEqual(groups.filter((one) => one !== "_exp").sort());
  expect(named("TRANSACTIONAL_ID").sort()).toEqual([...TRANSACTIONAL_IDS].sort());
});

test("librdkafka writes in transactions and reads in groups of all these names, and of no other", async () => {
  const ending = (name: string) => name.replace(/\*$/, "V2 é");
  const reads = groups.map(ending).map((group) => ({ topics: [TOPIC], group }));
  const nothing = { produces: [], consumes: [], transactionalIds: [] };
  const ids = TRANSACTIONAL_IDS.map(ending);
  const work = [
    { ...nothing, config: config("writer"), produces: [TOPIC], transactionalIds: ids },
    { ...nothing, config: config("reader"), consumes: reads },
  ];
  expect(await confluentWork(work)).toEqual([[], []]);
  for (const group of ["connect-stack_exchange_v1", "MOL", "team/app:v10", "größe"]) {
    const asked = { action: "consume", topic: TOPIC, group, count: 1 } as const;
    const { error } = await confluent({ ...asked, config: config("reader") });
    expect([group, error]).toEqual([group, "GROUP_AUTHORIZATION_FAILED"]);
  }
});

test("Kafka's own consumer joins the group that the client's file names, whatever signs are in it", async () => {
  await confluent({ action: "produce", config: config("writer"), topic: TOPIC, records: ["one"] });
  for (const group of ["team/app:v1", "Größe der Bestellung", String.raw`a|b::c\d`]) {
    const { username, password } = loginOf("reader", "SCRAM-SHA-512");
    const file = path.join(broker.folder, "reader.properties");
    const connection = { username, password, mechanism: "SCRAM-SHA-512", tlsEnabled: false };
    const where = { bootstrapServers: broker.bootstrapServer, consumerGroups: [group] };
    await writeFile(
      file,
      clientProperties(clientSettings({ ...connection, ...where }, "durability")),
    );
    const read = await broker.tool("org.apache.kafka.tools.consumer.ConsoleConsumer", [
      ...["--bootstrap-server", broker.bootstrapServer, "--command-config", file],
      ...["--topic", TOPIC, "--max-messages", "1", "--timeout-ms", "30000", "--from-beginning"],
    ]);
    expect(read).not.toBe("");
  }
  const listed = await broker.tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig(), "--list"],
  ]);
  expect(listed.split("\n")).toContain("team/app:v1");
  expect(listed.split("\n")).toContain(String.raw`a|b::c\d`);
}, 120_000);
