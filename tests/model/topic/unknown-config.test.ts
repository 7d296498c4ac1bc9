import { expect, test } from "vitest";
import { topicSchema } from "../../../model/topic/topic-declaration.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import { describeFaults } from "../../../model/values/faults.ts";

const TOPIC = event({
  ...{ description: "d", key: "k", classification: "public", partitions: 1 },
  eventsPerHour: { from: 0, to: 1 },
});
const faultsOf = (changes: object) => {
  const topic = { ...TOPIC, ...changes };
  const { error } = topicSchema.safeParse(topic);
  return error ? describeFaults(error, topic) : [];
};

test.each([
  ["log.retention.minutes", "a key of brokers; topics say `retention`"],
  ["log.segment.bytes", 'a key of brokers; topics say `config["segment.bytes"]`'],
  ["default.replication.factor", "a key of brokers; topics say `replicationFactor`"],
  ["num.partitions", "a key of brokers; topics say `partitions`"],
  [
    "message.timestamp.difference.max.ms",
    "Kafka 4.0 has removed it; say `message.timestamp.before.max.ms` and `message.timestamp.after.max.ms`",
  ],
  [
    "message.format.version",
    "Kafka 4.0 has removed it, because records have one format since: leave it out",
  ],
  [
    "message.downconversion.enable",
    "Kafka 4.0 has removed it, with the clients that it was for: leave it out",
  ],
  [
    "follower.replication.throttled.replicas",
    "it holds while replicas are moved: `npx kafka-platform reassign` sets and removes it",
  ],
  [
    "confluent.placement.constraints",
    "a key of Confluent's server, which Apache Kafka does not know",
  ],
  ["segment.mss", 'did you mean "segment.ms"?'],
  ["colour", "is it misspelt, or in the wrong place?"],
])("the configuration %s is refused with the reason: %s", (key, reason) => {
  expect(faultsOf({ config: { [key]: "1" } })).toEqual([`config.${key}: unknown key; ${reason}`]);
});

test("a configuration beside the fields is told its place, in an environment too", () => {
  const environments = { prod: { "segment.ms": "1d" } };
  expect(faultsOf({ "retention.ms": 1, "segment.ms": "1d", environments }).sort()).toEqual([
    'environments.prod.segment.ms: unknown key; a topic says it in `config["segment.ms"]`',
    "retention.ms: unknown key; a topic says it in `retention`",
    'segment.ms: unknown key; a topic says it in `config["segment.ms"]`',
  ]);
});
