import { expect, test } from "vitest";
import { topicSpec } from "../../components/topic/topic-defaults.ts";
import { loadCatalogue } from "../../topics/catalogue.ts";
import type { Domain } from "../../topics/topic.schema.ts";

const TOPIC = {
  description: "d",
  key: "k",
  partitions: 3,
  cleanup: { policy: "delete", retention: "7d" },
  maxMessageSize: "1 MiB",
  producerCodec: "lz4",
  eventsPerHour: { from: 1, to: 2 },
} as const;

const domain = (overrides: Partial<Domain>): Domain => ({
  owner: "team",
  topics: {},
  accounts: {},
  ...overrides,
});

const DAY = 86_400_000;
const MIB = 1_048_576;

test.each([
  [
    "transactions",
    "user_id",
    6,
    { policy: "delete", retention: 7 * DAY },
    MIB,
    "lz4",
    10_000,
    50_000,
  ],
  [
    "user-events",
    "session_id",
    12,
    { policy: "delete", retention: 3 * DAY },
    MIB / 2,
    "lz4",
    100_000,
    500_000,
  ],
  [
    "product-updates",
    "product_id",
    3,
    { policy: "compact", tombstoneRetention: 30 * DAY },
    2 * MIB,
    "gzip",
    1_000,
    10_000,
  ],
  [
    "fraud-alerts",
    "user_id",
    2,
    { policy: "delete", retention: 90 * DAY },
    MIB,
    "gzip",
    100,
    1_000,
  ],
  [
    "analytics-results",
    "metric_type",
    4,
    { policy: "delete", retention: 14 * DAY },
    10 * MIB,
    "gzip",
    500,
    5_000,
  ],
])(
  "e-commerce topic %s",
  (name, key, partitions, cleanup, maxMessageSize, producerCodec, from, to) => {
    const topic = loadCatalogue().topics.find((one) => one.name === name);
    expect(topic).toMatchObject({
      owner: "e-commerce-analytics",
      key,
      partitions,
      cleanup,
      maxMessageSize,
      producerCodec,
      eventsPerHour: { from, to },
    });
  },
);

test("the catalogue has the five e-commerce topics and their two accounts, in order of name", () => {
  const { topics, accounts } = loadCatalogue();
  expect(topics.map(({ name }) => name)).toEqual([
    "analytics-results",
    "fraud-alerts",
    "product-updates",
    "transactions",
    "user-events",
  ]);
  expect(accounts.map(({ name }) => name)).toEqual(["shop-backend", "spark-streaming"]);
});

test("every fault of every file in one report", () => {
  const load = () =>
    loadCatalogue({
      "topics/a.ts": domain({
        topics: {
          orders: {
            ...TOPIC,
            partitions: 0,
            cleanup: { policy: "delete", retention: "7 days" as "7d" },
          },
        },
      }),
      "topics/b.ts": domain({
        topics: { payments: { ...TOPIC, retentoin: "1d" } as typeof TOPIC, "a b": TOPIC },
        accounts: { admin: { description: "d" } },
      }),
    });
  expect(load).toThrow(
    "The catalogue is not valid: 4 faults\n" +
      "  - topics/a.ts: topics.orders.partitions: given 0; wanted at least 1 partition\n" +
      '  - topics/a.ts: topics.orders.cleanup.retention: given "7 days"; wanted a duration such as 30s, 15m, 12h or 7d\n' +
      "  - topics/b.ts: topics.payments.retentoin: unknown key; is it misspelt, or in the wrong place?\n" +
      "  - topics/b.ts: topics.a b: the key does not fit; wanted letters, digits, dots, hyphens and underscores only",
  );
});

test.each<[string, Record<string, Domain>, string]>([
  [
    "a topic declared by two files",
    {
      "a.ts": domain({ topics: { orders: TOPIC } }),
      "b.ts": domain({ topics: { orders: TOPIC } }),
    },
    '"orders" in a.ts and "orders" in b.ts',
  ],
  [
    "two topics that metrics cannot tell apart",
    { "a.ts": domain({ topics: { "shop.orders": TOPIC, shop_orders: TOPIC } }) },
    '"shop.orders" in a.ts and "shop_orders" in a.ts',
  ],
  [
    "an account declared by two files",
    {
      "a.ts": domain({ accounts: { billing: { description: "d" } } }),
      "b.ts": domain({ accounts: { billing: { description: "d" } } }),
    },
    '"billing" in a.ts and "billing" in b.ts',
  ],
  [
    "an account that the platform uses",
    { "a.ts": domain({ accounts: { "kafka-ui": { description: "d" } } }) },
    "a.ts: accounts.kafka-ui: the platform uses this name itself",
  ],
  [
    "a consumer of an undeclared topic",
    {
      "a.ts": domain({
        topics: { orders: TOPIC },
        accounts: {
          billing: { description: "d", consumes: [{ topics: ["order"], group: "billing" }] },
        },
      }),
    },
    'a.ts: accounts.billing: topic "order" is declared nowhere; is it misspelt?',
  ],
])("%s is refused", (_, domains, message) => {
  expect(() => loadCatalogue(domains)).toThrow(message);
});

test("an empty catalogue is a catalogue", () => {
  expect(loadCatalogue({ "a.ts": domain({}) })).toEqual({ topics: [], accounts: [] });
});

const DECLARED = {
  partitions: 6,
  cleanup: { policy: "delete", retention: 7 * DAY },
  maxMessageSize: MIB,
} as const;

test.each([
  ["dev", 1, "1"],
  ["staging", 2, "1"],
  ["prod", 3, "2"],
] as const)(
  "in %s a topic has %i replicas and min.insync.replicas %s",
  (environment, factor, isr) => {
    expect(topicSpec(DECLARED, environment)).toEqual({
      partitions: 6,
      replicationFactor: factor,
      config: {
        "cleanup.policy": "delete",
        "compression.type": "producer",
        "max.message.bytes": "1048576",
        "min.insync.replicas": isr,
        "retention.ms": "604800000",
      },
    });
  },
);

test("a compacted topic has no retention time, but keeps deletions visible", () => {
  const cleanup = { policy: "compact", tombstoneRetention: 30 * DAY } as const;
  const { config } = topicSpec({ ...DECLARED, cleanup }, "prod");
  expect(config).toMatchObject({
    "cleanup.policy": "compact",
    "delete.retention.ms": "2592000000",
  });
  expect(config).not.toHaveProperty("retention.ms");
});
