import { afterAll, beforeAll, expect, test } from "vitest";

import type { Environment } from "../../../model/values/environment.ts";
import { TOPIC_CONFIG_KEYS, type TopicConfigName } from "../../../model/topic/topic-config-keys.ts";
import type { ValueRule } from "../../../model/values/value-rules.ts";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

const broker = sharedBroker();
let admin: KafkaAdmin;

beforeAll(async () => {
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.close();
});

test.each<Environment>(["dev", "staging", "prod"])(
  "Kafka takes every topic of the catalogue as it is in %s, but for the copies",
  async (environment) => {
    const topics = loadCatalogue(DECLARATIONS).topics.map((topic) => {
      const { partitions, config } = topicSpec(topic, environment);
      return { name: topic.name, partitions, replicationFactor: 1, configs: config };
    });
    expect(told(await admin.validateTopics(topics))).toEqual(topics.map(() => "ok"));
  },
);

/** Kafka's own keys that cannot be declared: a reassignment's. */
const NOT_DECLARED = [
  "follower.replication.throttled.replicas",
  "leader.replication.throttled.replicas",
];

test("the table has every key that Kafka has, each with Kafka's default", async () => {
  const bare = { name: "table.bare", partitions: 1, replicationFactor: 1, configs: {} };
  expect(told(await admin.createTopics([bare]))).toEqual(["ok"]);
  const described = await broker.tool("kafka.admin.ConfigCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--describe", "--all", "--entity-type", "topics", "--entity-name", "table.bare"],
  ]);
  const lines = [...described.matchAll(/^ {2}([a-z.]+[a-z0-9.]*)=(.*) sensitive=/gm)];
  const kafka = new Map(lines.map(([, name = "", value = ""]) => [name, value]));
  const declarable = [...kafka.keys()].filter((name) => !NOT_DECLARED.includes(name));
  const table = Object.entries(TOPIC_CONFIG_KEYS).map(([name, key]) => [name, key.default]);
  expect(declarable.map((name) => [name, kafka.get(name)]).sort()).toEqual(table.sort());
});

test("the table's ranges are Kafka's: their ends are taken, and what is below is refused", async () => {
  const ranged = (Object.keys(TOPIC_CONFIG_KEYS) as TopicConfigName[]).flatMap((name) => {
    const rule: ValueRule = TOPIC_CONFIG_KEYS[name];
    return "min" in rule ? [{ name, ...rule }] : [];
  });
  const validated = async (value: (rule: (typeof ranged)[number]) => number) => {
    const topics = ranged.map((rule, index) => ({
      name: `table.t${index}`,
      partitions: 1,
      replicationFactor: 1,
      configs: { [rule.name]: String(value(rule)) },
    }));
    const outcomes = told(await admin.validateTopics(topics));
    return ranged.map(({ name }, index) => [name, outcomes[index] === "ok"]);
  };
  const every = (taken: boolean) => ranged.map(({ name }) => [name, taken]);
  expect(await validated(({ min }) => min)).toEqual(every(true));
  expect(await validated(({ max }) => max)).toEqual(every(true));
  const refused = await validated(({ min, unlimited }) =>
    unlimited ? Math.min(min, -1) - 1 : min - 1,
  );
  expect(refused.filter(([, taken]) => taken)).toEqual(LAXER_THAN_US);
});

/** Kafka gives `retention.bytes` no range at all; -2 has no meaning. */
const LAXER_THAN_US = [["retention.bytes", true]];
