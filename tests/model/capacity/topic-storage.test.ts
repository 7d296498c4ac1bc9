import { expect, test } from "vitest";
import { type TopicDeclaration } from "../../../model/topic/topic-spec.ts";
import { topicStorage, type TopicVolume } from "../../../model/capacity/topic-storage.ts";

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What comes in the five minutes until Kafka looks, and the one until it removes the files. */
const LATE = MIB / 10;

/** 1 MiB an hour for a day, in segments of an hour. */
const topic: TopicDeclaration & TopicVolume = {
  ...{ cleanup: "delete", partitions: 4, retention: DAY, maxMessageSize: MIB },
  ...{ eventsPerHour: { to: 1_024 }, eventSize: KIB, config: { "segment.ms": String(HOUR) } },
};
const storage = (changes: Partial<typeof topic> = {}, brokers = 3) => {
  const planned = topicStorage({ ...topic, ...changes }, "prod", brokers);
  const { kept, slack, copies, total, perBroker } = planned;
  return { kept, slack, copies, total, perBroker };
};

test("a topic takes rate times retention, and one segment of each partition that cannot go yet", () => {
  expect(storage()).toEqual({
    kept: 24 * MIB,
    slack: MIB + LATE,
    copies: 3,
    total: 3 * (25 * MIB + LATE),
    perBroker: 25 * MIB + LATE,
  });
  // Segments roll by size before they roll by time.
  const full = { "segment.ms": String(DAY), "segment.bytes": String(2 * MIB) };
  expect(storage({ config: full }).slack).toBe(8 * MIB + LATE);
});

test("a segment that takes longer to fill than records are kept is held whole all the same", () => {
  expect(storage({ config: { "segment.ms": String(7 * DAY) } }).slack).toBe(7 * 24 * MIB + LATE);
  // Twelve partitions of a gigabyte, for records that are kept for five minutes.
  const short = { partitions: 12, retention: 300_000, config: {} };
  const { kept, slack } = storage({
    ...short,
    ...{ eventsPerHour: { to: 36_000 }, eventSize: 100 * KIB },
  });
  expect(slack).toBeGreaterThan(12 * GIB);
  expect(kept).toBe((36_000 * 100 * KIB) / 12);
});

test("a record stays until its segment is full, at the lowest rate, and Kafka has looked", () => {
  const longest = (changes: Partial<typeof topic>) =>
    topicStorage({ ...topic, ...changes }, "prod", 3).longest;
  expect(longest({})).toBe(DAY + HOUR + 300_000);
  const config = { "segment.bytes": String(MIB) };
  const eventsPerHour = { from: 512, to: 1_024 };
  expect(longest({ config, eventsPerHour })).toBe(DAY + 8 * HOUR + 300_000);
  expect(longest({ config, eventsPerHour: { from: 0, to: 1_024 } })).toBe(8 * DAY + 300_000);
  expect(longest({ retention: -1 })).toBeUndefined();
  expect(longest({ cleanup: "compact,delete" })).toBeUndefined();
});

test("storage is planned with the average, not with the busiest hour", () => {
  expect(storage({ eventsPerHour: { to: 1_024, average: 512 } }).kept).toBe(12 * MIB);
});

test("a limit of size holds for each partition", () => {
  expect(storage({ retentionSize: 2 * MIB }).kept).toBe(8 * MIB);
  expect(storage({ retentionSize: GIB }).kept).toBe(24 * MIB);
});

test("what is never dropped is planned for a year, without a segment that waits", () => {
  const { kept, slack } = storage({ retention: -1 });
  expect([kept, slack]).toEqual([365 * 24 * MIB, 0]);
  expect(storage({ retention: -1, retentionSize: MIB })).toMatchObject({
    kept: 4 * MIB,
    slack: MIB + LATE,
  });
});

test("a compacted topic takes its keys twice, what waits to be compacted, and the segments written to", () => {
  const compacted = { cleanup: "compact", retention: undefined, keys: 10_240 } as const;
  expect(storage(compacted)).toMatchObject({ kept: 10 * MIB, slack: 2 * 10 * MIB + MIB });
  const eager = { "segment.ms": String(HOUR), "min.cleanable.dirty.ratio": "0.2" };
  expect(storage({ ...compacted, config: eager }).slack).toBe(12.5 * MIB + MIB);
  // Without a number of keys: as many as events in a day.
  expect(storage({ ...compacted, keys: undefined }).kept).toBe(24 * MIB);
  const both = { cleanup: "compact,delete", keys: 5_120 } as const;
  expect(storage(both).kept).toBe(5 * MIB);
  expect(storage({ ...both, retention: HOUR }).kept).toBe(MIB);
});

test("the broker that has most of a topic counts: copies are spread evenly, whole partitions each", () => {
  const replica = (25 * MIB + LATE) / 4;
  expect(
    [3, 4, 5, 12].map((brokers) => storage({}, brokers).perBroker / replica).map(Math.round),
  ).toEqual([...[4, 3, 3, 1]]);
});

test("the arithmetic is shown", () => {
  const given = { ...topic, eventsPerHour: { to: 1_024, given: true }, retentionSize: GIB };
  expect(topicStorage(given, "prod", 3).arithmetic).toEqual([
    "volume: 1,024 events/h (given) × 1 KiB = 1 MiB/h",
    "kept: 1 MiB/h × 1d = 24 MiB",
    "at most: 4 partitions × 1 GiB = 4 GiB",
    "segments: 4 × 256 KiB, each of which goes as a whole",
    "until files are gone: 6m more, 102 KiB",
    "a record stays: 1d, and at most 1h until its segment is full and 5m until Kafka looks",
    "copies: 25.1 MiB × 3 = 75.3 MiB on 3 brokers, at most 25.1 MiB on one",
  ]);
});

test("with tiered storage brokers hold what the topic leaves on them, and a record stays as long as before", () => {
  const tiered = { "segment.ms": String(HOUR), "remote.storage.enable": "true" };
  const local = (config: Record<string, string>) =>
    topicStorage({ ...topic, config: { ...tiered, ...config } }, "prod", 3);
  expect(local({}).kept).toBe(24 * MIB);
  expect(local({ "local.retention.ms": "-2", "local.retention.bytes": "-2" }).kept).toBe(24 * MIB);
  expect(local({ "local.retention.ms": String(2 * HOUR) }).kept).toBe(2 * MIB);
  expect(local({ "local.retention.bytes": String(MIB) }).kept).toBe(4 * MIB);
  expect(local({ "local.retention.ms": String(2 * HOUR) }).longest).toBe(DAY + HOUR + 300_000);
  const off = { "remote.storage.enable": "false", "local.retention.ms": String(HOUR) };
  expect(local(off).kept).toBe(24 * MIB);
});
