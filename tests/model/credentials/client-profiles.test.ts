import { expect, test } from "vitest";
import { CLIENT_PROFILE_NAMES } from "../../../model/credentials/client-profiles.ts";
import { profileSettings } from "../../../model/credentials/profile-settings.ts";
import { ENVIRONMENTS } from "../../../model/values/environment.ts";

test("the profiles differ from one another in these figures", () => {
  const figures = CLIENT_PROFILE_NAMES.map((name) => {
    const { producer, consumer } = profileSettings(name);
    return [
      name,
      ...["acks", "batch.size", "linger.ms", "compression.type", "retries"].map(
        (key) => producer[key],
      ),
      ...["fetch.min.bytes", "fetch.max.wait.ms", "max.poll.records", "enable.auto.commit"].map(
        (key) => consumer[key],
      ),
    ];
  });
  expect(figures).toEqual([
    ["durability", "all", "16384", "5", "gzip", "2147483647", "1024", "500", "500", "false"],
    ["throughput", "1", "65536", "10", "lz4", "3", "65536", "500", "5000", undefined],
    ["latency", "1", "0", "0", "none", "0", "1", "100", "100", undefined],
    [
      "durable-throughput",
      "all",
      "65536",
      "10",
      "lz4",
      "2147483647",
      "1024",
      "500",
      "500",
      "false",
    ],
    ["batched-latency", "1", "16384", "0", "snappy", "0", "1", "100", "100", undefined],
    ["auto-commit", "all", "16384", "5", "gzip", "5", "1", "5000", "500", "true"],
  ]);
});

test("production has figures of its own, also where a profile inherits them", () => {
  const session = (environment: "dev" | "prod") =>
    profileSettings("auto-commit", environment).consumer["session.timeout.ms"];
  expect([session("dev"), session("prod")]).toEqual(["30000", "45000"]);
  expect(profileSettings("throughput", "prod").producer["retries"]).toBe("5");
  expect(profileSettings("throughput", "staging")).toEqual(profileSettings("throughput"));
});

/** What Kafka's clients refuse to start with, or do not do as they are told. */
function contradictions({ producer, consumer }: ReturnType<typeof profileSettings>): string[] {
  const number = (settings: Readonly<Record<string, string>>, key: string, standard: number) =>
    Number(settings[key] ?? standard);
  const idempotent = producer["enable.idempotence"] !== "false";
  const poll = number(consumer, "max.poll.interval.ms", 300_000);
  const session = number(consumer, "session.timeout.ms", 45_000);
  return [
    ...(idempotent && producer["acks"] !== "all" ? ["idempotence without acks=all"] : []),
    ...(idempotent && producer["retries"] === "0" ? ["idempotence without retries"] : []),
    ...(number(producer, "batch.size", 16_384) > number(producer, "buffer.memory", 33_554_432)
      ? ["a batch that no buffer holds"]
      : []),
    ...(number(consumer, "heartbeat.interval.ms", 3000) * 3 > session
      ? ["fewer than three heartbeats in a session"]
      : []),
    // What librdkafka wants; Java takes less.
    ...(poll < session ? ["a poll interval shorter than the session"] : []),
  ];
}

test("no profile contradicts itself in any environment, and one that does is found", () => {
  for (const name of CLIENT_PROFILE_NAMES) {
    for (const environment of ENVIRONMENTS) {
      expect(contradictions(profileSettings(name, environment)), name).toEqual([]);
    }
  }
  const planted = profileSettings("auto-commit");
  expect(
    contradictions({
      producer: { ...planted.producer, acks: "1", retries: "0", "batch.size": "99999999" },
      consumer: { ...planted.consumer, "session.timeout.ms": "8000" },
    }),
  ).toHaveLength(4);
});
