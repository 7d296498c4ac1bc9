import { Admin, Producer } from "@platformatic/kafka";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { BrokerLinks } from "../../../clients/kafka/observation/broker-links.ts";
import { installConfluentClient, scramConfig } from "../../support/kafka/confluent-client.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf, loginOptions, told } from "../../support/kafka/kafka-clients.ts";
import { raceResets } from "../../support/positions/reset-race.ts";
import { clientOptions } from "../exporter/watched-broker.ts";

/** `RESET_RACES=1000` runs all that are promised, in about a minute. */
const RESETS = Number(process.env["RESET_RACES"] ?? "60");
const [TOPIC, GROUP, PARTITIONS, RECORDS] = ["races", "raced", 4, 5];

let broker: JarBroker;
let admin: KafkaAdmin;
let links: BrokerLinks;

beforeAll(async () => {
  installConfluentClient();
  // Nobody waits for more members: a group that had none is one at once.
  broker = await JarBroker.start({ properties: { "group.initial.rebalance.delay.ms": "0" } });
  admin = await adminOf(broker);
  links = new BrokerLinks(loginOptions(broker));
  const topic = { name: TOPIC, partitions: PARTITIONS, replicationFactor: 1, configs: {} };
  expect(told(await admin.createTopics([topic]))).toEqual(["ok"]);
  const producer = new Producer(clientOptions(broker));
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const one = { topic: TOPIC, partition, value: Buffer.from("x") };
    await producer.send({ messages: Array.from({ length: RECORDS }, () => one) });
  }
  await producer.close();
  const library = new Admin(clientOptions(broker));
  const partitionOffsets = Array.from({ length: PARTITIONS }, (_, partition) => {
    return { partition, offset: 0n };
  });
  await library.alterConsumerGroupOffsets({
    ...{ groupId: GROUP, topics: [{ name: TOPIC, partitionOffsets }] },
  });
  await library.close();
});
afterAll(async () => {
  await links.close();
  await admin.close();
  await broker.destroy();
});

it("never changes a position under a member of either protocol, and never half of them", async () => {
  const { username, password } = broker.admin;
  const config = scramConfig(broker.bootstrapServer, username, password);
  const race = { topic: TOPIC, group: GROUP, ends: RECORDS, resets: RESETS };
  const { violations, errors, joined, ...counts } = await raceResets(links, config, race);
  console.table([{ ...counts, ...joined, violations: violations.length }]);
  expect({ violations, errors, halfDone: counts.halfDone }).toEqual({
    ...{ violations: [], errors: [], halfDone: 0 },
  });
  // Both sides had their turns, or nothing was raced.
  expect(counts.done).toBeGreaterThan(RESETS / 20);
  expect(counts.resets - counts.done).toBeGreaterThan(RESETS / 20);
  expect(Math.min(joined["classic"] ?? 0, joined["consumer"] ?? 0)).toBeGreaterThan(2);
}, 1_800_000);
