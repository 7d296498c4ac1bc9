import { expect, test } from "vitest";
import type { ClusterRoom, PlannedTopic } from "../../../model/capacity/capacity.ts";
import { capacityPlan } from "../../../model/capacity/capacity-plan.ts";
import { partitionSizing } from "../../../model/capacity/partition-sizing.ts";

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
const HOUR = 3_600_000;

/** 1 MiB a second for an hour, a minute of a segment and six until its files are gone; and what Kafka keeps itself: on three brokers 10,100 MiB each. */
const topic: PlannedTopic = {
  ...{ name: "orders", cleanup: "delete", partitions: 3, retention: HOUR, maxMessageSize: MIB },
  ...{ eventsPerHour: { to: 3_600 * 1_024 }, eventSize: KIB, readers: 2 },
  config: { "segment.ms": "60000" },
};
const NEEDED = (3_600 + 60 + 360) * MIB + 10_100 * MIB;
const room: ClusterRoom = { environment: "prod", brokers: 3 };
const plan = (more: Partial<ClusterRoom> = {}, changes: Partial<PlannedTopic> = {}) =>
  capacityPlan([{ ...topic, ...changes }], { ...room, ...more });

test("a broker holds its share of every topic, and what Kafka keeps itself", () => {
  expect(plan().storage).toEqual({ needed: NEEDED, available: undefined, verdict: "ok" });
  // Kafka's own topics have three copies, or one for each broker where there are fewer.
  expect(capacityPlan([], { ...room, brokers: 1 }).storage.needed).toBe(10_100 * MIB);
  expect(capacityPlan([], { ...room, brokers: 5 }).storage.needed).toBe(6_100 * MIB);
});

test("warns from 70 % of the volume, fails from 85 %", () => {
  const verdict = (share: number) => plan({ storage: NEEDED / share }).verdict;
  expect([0.699, 0.7, 0.849, 0.85, 20].map(verdict)).toEqual([
    ...["ok", "warning", "warning", "failure", "failure"],
  ]);
  expect(plan({ storage: 10 * GIB }).findings).toEqual([
    {
      verdict: "failure",
      message:
        "storage: a broker needs 13.8 GiB of its 10 GiB (138 %); give each at least 19.7 GiB " +
        "(cluster.storage.size), add brokers, or keep less: most is taken by orders 3.93 GiB",
    },
  ]);
});

test("a broker's bandwidth at the peak is what is produced, copied, and read by each group", () => {
  const third = MIB / 3;
  expect(plan().bandwidth).toEqual({
    produced: third,
    replicatedIn: 2 * third,
    consumed: 2 * third,
    replicatedOut: 2 * third,
  });
  const { network, findings } = plan({ network: 1.5 * MIB });
  expect(network.verdict).toBe("failure");
  expect(findings.map(({ message }) => message)).toEqual([
    "network: a broker carries 1.33 MiB/s of 1.5 MiB/s (89 %) at the peak; add brokers",
  ]);
});

test("a quota that would slow its account down is a warning or a failure", () => {
  const demand = { account: "shop", kind: "producer", needed: 900, limit: 1_000 } as const;
  const judged = capacityPlan([topic], room, [
    demand,
    { ...demand, kind: "consumer", needed: 700 },
    { ...demand, account: "free", limit: undefined },
  ]);
  expect(judged.quotas.map(({ account, verdict }) => [account, verdict])).toEqual([
    ["shop", "failure"],
    ["shop", "warning"],
  ]);
  expect(judged.findings.map(({ message }) => message)).toEqual([
    "quota: shop writes 900 B/s on a broker at the peak, of 1,000 B/s that its producerByteRate " +
      "allows (90 %); it would be slowed down",
    "quota: shop reads 700 B/s on a broker at the peak, of 1,000 B/s that its consumerByteRate " +
      "allows (70 %); it would be slowed down",
  ]);
});

test("fewer partitions than the throughput needs are a warning", () => {
  const { verdict, findings } = plan({}, { partitions: 1, eventsPerHour: { to: 3_600 * 11_264 } });
  expect(verdict).toBe("warning");
  expect(findings.map(({ message }) => message)).toEqual([
    "partitions: orders has 1, and its throughput and consumers need 2; more of them change which " +
      "partition a key is in",
  ]);
});

test.each([
  [9 * 3_600, 1],
  [11 * 3_600, 3],
  [101 * 3_600, 6],
])("for %i records an hour %i partitions are usual", (to, usual) => {
  expect(partitionSizing(1, { eventsPerHour: { to }, eventSize: KIB }).usual).toBe(usual);
});

test("the reasons of a declaration say how many partitions are needed, and the arithmetic is shown", () => {
  const demand = {
    ...{ throughputPerSecond: 25 * MIB, perPartition: 10 * MIB, consumers: 4, atLeast: 6 },
  };
  const volume = { eventsPerHour: { to: 3_600 }, eventSize: KIB };
  expect(partitionSizing(6, volume, demand)).toEqual({
    ...{ declared: 6, needed: 4, usual: 1, throughput: 25 * MIB },
    arithmetic: [
      "throughput: 25 MiB/s ÷ 10 MiB/s a partition → 3",
      "consumers: 4; at least: 6",
      "records: 1/s, for which 1 is usual",
      "partitions: 6 declared",
    ],
  });
});

test("personal records that stay more than twice as long as declared are told, and how to mend it", () => {
  const messages = (changes: Partial<PlannedTopic>) =>
    plan({}, { classification: "personal", ...changes }).findings.map(({ message }) => message);
  expect(messages({})).toEqual([]);
  const lazy = { eventsPerHour: { from: 0, to: 3_600 * 1_024 }, config: {} };
  expect(messages(lazy)).toEqual([
    "retention: orders holds personal records and declares 1h; one may stay for about 7.05d, because a " +
      'segment goes as a whole once it is full or old; wanted config: { "segment.ms": "15m" } or less, or ' +
      "a smaller segment.bytes",
  ]);
  expect(messages({ ...lazy, classification: "internal" })).toEqual([]);
  expect(messages({ ...lazy, config: { "segment.ms": "900000" } })).toEqual([]);
});
