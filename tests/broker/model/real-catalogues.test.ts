import { afterAll, beforeAll, expect, test } from "vitest";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import {
  CATALOGUE_NAMES,
  declarationOf,
  DEFAULTS,
  parts,
  realCatalogue,
  type RealTopic,
} from "../../support/catalogues/real-catalogues.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";
import { type TieredBroker, tieredBroker } from "../../support/kafka/tiered-broker.ts";

/** Kafka 4 removed it. */
const REMOVED = "message.timestamp.difference.max.ms";

let tiered: TieredBroker;
let admin: KafkaAdmin;

beforeAll(async () => {
  tiered = await tieredBroker(512);
  admin = await adminOf(tiered.broker);
});
afterAll(async () => {
  await admin.close();
  await tiered.destroy();
});

/** Several organisations may have a topic of one name. */
const all = CATALOGUE_NAMES.flatMap((name) =>
  parts(realCatalogue(name).topics).map((topics, part) => ({ name, part, topics })),
);

const created = (prefix: string, topics: readonly RealTopic[]) => {
  const declared = Object.fromEntries(topics.map((topic) => [topic.name, declarationOf(topic)]));
  const domain = { owner: "theirs", defaults: DEFAULTS, topics: declared };
  return loadCatalogue({ domains: { "theirs.ts": domain } }).topics.map((topic) => ({
    // Partitions and copies are plain numbers: one broker need not have all of them.
    ...{ name: `${prefix}${topic.name}`, partitions: 1, replicationFactor: 1 },
    configs: { ...topicSpec(topic, "prod").config, "min.insync.replicas": "1" },
  }));
};

test.each(all)(
  "Kafka makes every topic of $name, part $part, with each value as its owner has it",
  async ({ name, part, topics }) => {
    const prefix = `${name}-${part}-`;
    const taken = topics.filter(({ config }) => !Object.hasOwn(config, REMOVED));
    const outcomes = told(await admin.createTopics(created(prefix, taken)));
    expect(outcomes.filter((outcome) => outcome !== "ok")).toEqual([]);
    const there = await admin.describeTopics(taken.map((topic) => prefix + topic.name));
    const wrong = taken.flatMap((topic, index) => {
      const description = there[index];
      if (!description || !("configs" in description)) return [`${topic.name} is not there`];
      // Unlimited is what it is where nothing is set.
      const is: Readonly<Record<string, string>> = {
        "retention.bytes": "-1",
        ...description.configs,
      };
      return Object.entries(topic.config)
        .filter(([key, value]) => key !== "min.insync.replicas" && is[key] !== value)
        .map(([key, value]) => `${topic.name}: ${key} is ${String(is[key])}, wanted ${value}`);
    });
    expect(wrong).toEqual([]);
  },
  120_000,
);

test("what is refused of them Kafka refuses too, in its own words", async () => {
  const refused = all
    .flatMap(({ topics }) => topics)
    .filter(({ config }) => Object.hasOwn(config, REMOVED));
  const outcomes = told(
    await admin.validateTopics(
      refused.map(({ name, config }, index) => ({
        ...{ name: `refused-${index}-${name}`, partitions: 1, replicationFactor: 1 },
        configs: config,
      })),
    ),
  );
  expect(outcomes).toHaveLength(7);
  expect(
    outcomes.filter((outcome) => !outcome.includes(`Unknown topic config name: ${REMOVED}`)),
  ).toEqual([]);
});
