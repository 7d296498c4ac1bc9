import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { topicStorage } from "../../../model/capacity/topic-storage.ts";
import { type TopicDeclaration, topicSpec } from "../../../model/topic/topic-spec.ts";
import { peakUse } from "../../support/kafka/disk-use.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { producePaced } from "../../support/kafka/paced-producer.ts";

/** The most that the plan says of a full topic, against the most that it takes of the disk of a real broker. */

const MIB = 2 ** 20;
const SIZE = 10_000;
const PARTITIONS = 2;
/** Records a second, and how long: the longest retention has passed twice by then. */
const [RATE, RUN_MS] = [40, 45_000];
const CHECK_MS = 500;
const KEYS = 300;

/** In two partitions each; times of seconds for what is days. */
const topic = (changes: Partial<TopicDeclaration>): TopicDeclaration => ({
  ...{ cleanup: "delete", partitions: PARTITIONS, retention: 3_600_000, maxMessageSize: MIB },
  ...changes,
  config: { "segment.bytes": String(MIB), "file.delete.delay.ms": "1000", ...changes.config },
});

const TOPICS = {
  "is kept for less than a segment takes to fill": topic({
    ...{ retention: 2_000, config: { "segment.bytes": String(2 * MIB) } },
  }),
  "is kept for longer than a segment takes to fill": topic({ retention: 18_000 }),
  "has segments that are closed by time": topic({
    ...{ retention: 10_000, config: { "segment.ms": "4000" } },
  }),
  "is bounded by size": topic({ retentionSize: 3 * MIB }),
  "is compacted": topic({
    ...{ cleanup: "compact", retention: undefined, tombstoneRetention: 3_600_000 },
    config: { "file.delete.delay.ms": "3000" },
  }),
  "is compacted and dropped by age": topic({
    ...{ cleanup: "compact,delete", retention: 4_000, tombstoneRetention: 3_600_000 },
    config: { "file.delete.delay.ms": "3000" },
  }),
};

const names = Object.keys(TOPICS).map((title) => title.replaceAll(" ", "-"));
let broker: JarBroker;
/** The most that each took, as a share of what is planned. */
const seen = new Map<string, number>();
const LEAST = 0.9;
const ROUNDS = 3;

async function measure(paced: Parameters<typeof producePaced>[1]): Promise<void> {
  const producing = producePaced(broker, paced, RUN_MS);
  const peaks = await peakUse(broker, names, producing);
  const rates = await producing;
  for (const [at, [title, declared]] of Object.entries(TOPICS).entries()) {
    const name = names[at] ?? "";
    const to = (rates.get(name) ?? 0) * 3_600;
    const volume = { eventSize: SIZE, keys: KEYS, eventsPerHour: { to } };
    const { total } = topicStorage({ ...declared, ...volume }, "dev", 1, CHECK_MS);
    seen.set(title, Math.max(seen.get(title) ?? 0, (peaks.get(name) ?? 0) / total));
  }
}

beforeAll(
  async () => {
    const eager = {
      "log.retention.check.interval.ms": String(CHECK_MS),
      ...{ "log.initial.task.delay.ms": "200", "log.cleaner.backoff.ms": "200" },
    };
    broker = await JarBroker.start({ properties: eager });
    const admin = await adminOf(broker);
    await admin.createTopics(
      Object.values(TOPICS).map((declared, at) => {
        const { config: configs, ...counts } = topicSpec(declared, "dev");
        return { name: names[at] ?? "", ...counts, configs };
      }),
    );
    await admin.close();
    const paced = names.map((name) => ({
      ...{ topic: name, partitions: PARTITIONS, size: SIZE, rate: RATE, keys: KEYS },
    }));
    // The most is a maximum: where a cleaner was sooner done than it may be, it is waited for again.
    for (let round = 0; round < ROUNDS; round += 1) {
      await measure(paced);
      if ([...seen.values()].every((share) => share > LEAST)) break;
    }
  },
  ROUNDS * RUN_MS + 60_000,
);
afterAll(() => broker.destroy());

describe.each(Object.keys(TOPICS))("a topic that %s", (title) => {
  test("takes what is planned, at the most, within a tenth", () => {
    expect(seen.get(title)).toBeGreaterThan(LEAST);
    expect(seen.get(title)).toBeLessThan(1.1);
  });
});
