import { expect, test } from "vitest";
import { type TopicDeclaration } from "../../../model/topic/topic-spec.ts";
import { topicStorage, type TopicVolume } from "../../../model/capacity/topic-storage.ts";

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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
    slack: MIB,
    copies: 3,
    total: 75 * MIB,
    perBroker: 25 * MIB,
  });
  // Segments roll by size before they roll by time.
  const full = { "segment.ms": String(DAY), "segment.bytes": String(2 * MIB) };
  expect(storage({ config: full }).slack).toBe(8 * MIB);
  // There is never more than what came since the retention began.
  expect(storage({ config: { "segment.ms": String(7 * DAY) } }).slack).toBe(24 * MIB);
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
    slack: MIB,
  });
});

test("a compacted topic takes its keys, what waits to be compacted, and the segments written to", () => {
  const compacted = { cleanup: "compact", retention: undefined, keys: 10_240 } as const;
  expect(storage(compacted)).toMatchObject({ kept: 10 * MIB, slack: 10 * MIB + MIB });
  const eager = { "segment.ms": String(HOUR), "min.cleanable.dirty.ratio": "0.2" };
  expect(storage({ ...compacted, config: eager }).slack).toBe(2.5 * MIB + MIB);
  // Without a number of keys: as many as events in a day.
  expect(storage({ ...compacted, keys: undefined }).kept).toBe(24 * MIB);
  const both = { cleanup: "compact,delete", keys: 10_240 } as const;
  expect(storage(both).kept).toBe(10 * MIB);
  expect(storage({ ...both, retention: HOUR }).kept).toBe(MIB);
});

test("the broker that has most of a topic counts: copies are spread evenly, whole partitions each", () => {
  const replica = (25 * MIB) / 4;
  expect([3, 4, 5, 12].map((brokers) => storage({}, brokers).perBroker / replica)).toEqual([
    ...[4, 3, 3, 1],
  ]);
});

test("the arithmetic is shown", () => {
  const given = { ...topic, eventsPerHour: { to: 1_024, given: true }, retentionSize: GIB };
  expect(topicStorage(given, "prod", 3).arithmetic).toEqual([
    "volume: 1,024 events/h (given) × 1 KiB = 1 MiB/h",
    "kept: 1 MiB/h × 1d = 24 MiB",
    "at most: 4 partitions × 1 GiB = 4 GiB",
    "segments: 4 × 256 KiB not droppable yet",
    "copies: 25 MiB × 3 = 75 MiB on 3 brokers, at most 25 MiB on one",
  ]);
});
