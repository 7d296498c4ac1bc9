import { describe, expect, test } from "vitest";
import { topicSpec } from "../../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { changeStreams } from "../../../model/catalogue/change-streams.ts";
import { compactedTable, event } from "../../../model/topic/topic-profiles.ts";
import type { Domain } from "../../../model/catalogue/domain-declaration.ts";
import type { WrittenTopic } from "../../../model/topic/topic-declaration.ts";

const TOPIC = event({
  description: "d",
  key: "k",
  classification: "internal",
  partitions: 3,
  eventsPerHour: { from: 1, to: 2 },
});

const domain = (overrides: Partial<Domain>): Domain => ({
  owner: "team",
  topics: {},
  accounts: {},
  ...overrides,
});

test("every fault of every file is in one report", () => {
  const load = () =>
    loadCatalogue({
      domains: {
        "topics/a.ts": domain({
          topics: {
            orders: {
              ...TOPIC,
              partitions: 0,
              retention: "7 days" as "7d",
              config: { "segment.bytes": "512 KiB", "retention.ms": "1d" },
            },
          },
        }),
        "topics/b.ts": domain({
          topics: { payments: { ...TOPIC, retentoin: "1d" } as typeof TOPIC, "a b": TOPIC },
          accounts: { admin: { description: "d" } },
        }),
      },
    });
  expect(load).toThrow(
    "The catalogue is not valid: 7 faults\n" +
      "  - topics/a.ts: topics.orders.partitions: given 0; wanted at least 1 partition\n" +
      '  - topics/a.ts: topics.orders.retention: given "7 days"; wanted a duration such as 30s, 15m, 12h or 7d, or "unlimited"\n' +
      '  - topics/a.ts: topics.orders.config.retention.ms: given "1d"; wanted it in the field `retention` of the topic\n' +
      '  - topics/a.ts: topics.orders.config.segment.bytes: given "512 KiB"; wanted a size such as 512 MiB, from 1,048,576 to 2,147,483,647 bytes\n' +
      '  - topics/b.ts: topics.payments.retentoin: unknown key; did you mean "retention"?\n' +
      "  - topics/b.ts: topics.a b: the key does not fit; wanted letters, digits, dots, hyphens and underscores only\n" +
      "  - topics/b.ts: accounts.admin: the platform uses this name itself",
  );
});

test.each<[string, Record<string, Domain>, string]>([
  [
    "a topic declared by two files",
    {
      "a.ts": domain({ topics: { orders: TOPIC } }),
      "b.ts": domain({ topics: { orders: TOPIC } }),
    },
    'topic declared twice: "orders" in a.ts and "orders" in b.ts',
  ],
  [
    "two topics that metrics cannot tell apart",
    { "a.ts": domain({ topics: { "shop.orders": TOPIC, shop_orders: TOPIC } }) },
    `topics not told apart in metrics, where '.' equals '_': "shop.orders" in a.ts and "shop_orders" in a.ts`,
  ],
  [
    "an account declared by two files",
    {
      "a.ts": domain({ accounts: { billing: { description: "d" } } }),
      "b.ts": domain({ accounts: { billing: { description: "d" } } }),
    },
    'account declared twice: "billing" in a.ts and "billing" in b.ts',
  ],
  [
    "an account that the platform uses",
    { "a.ts": domain({ accounts: { "kafka-ui": { description: "d" } } }) },
    "a.ts: accounts.kafka-ui: the platform uses this name itself",
  ],
  [
    "an account that the exporter has",
    { "a.ts": domain({ accounts: { "kafka-exporter": { description: "d" } } }) },
    "a.ts: accounts.kafka-exporter: the platform uses this name itself",
  ],
  [
    "a topic that metrics cannot tell from the canary's",
    { "a.ts": domain({ topics: { "kafka-platform_canary": TOPIC } }) },
    "a.ts: topics.kafka-platform_canary: the platform uses this name itself",
  ],
  [
    "an account that a rotation would take for the certificate authority",
    { "a.ts": domain({ accounts: { authority: { description: "d" } } }) },
    "a.ts: accounts.authority: the platform uses this name itself",
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
    'a.ts: accounts.billing: topic "order" is declared nowhere; did you mean "orders"?',
  ],
  [
    "an undeclared dead letter topic",
    { "a.ts": domain({ topics: { orders: { ...TOPIC, deadLetter: "graveyard" } } }) },
    'a.ts: topics.orders.deadLetter: topic "graveyard" is declared nowhere; is it misspelt?',
  ],
  [
    "a name that is too long with its suffix",
    { "a.ts": domain({ topics: { ["x".repeat(246)]: { ...TOPIC, deadLetter: true } } }) },
    "250 characters; wanted at most 249, Kafka's limit",
  ],
])("%s is refused", (_, domains, message) => {
  expect(() => loadCatalogue({ domains })).toThrow(message);
});

const MIN_INSYNC = {
  environments: { prod: { minInsyncReplicas: 3 }, dev: { minInsyncReplicas: 2 } },
};

test("what each environment comes to is checked, and the brokers where their number is known", () => {
  const domains = { "a.ts": domain({ topics: { orders: { ...TOPIC, ...MIN_INSYNC } } }) };
  expect(() => loadCatalogue({ domains })).toThrow(
    "The catalogue is not valid: 2 faults\n" +
      "  - a.ts: topics.orders: in dev: min.insync.replicas 2 is above the replication factor 1\n" +
      "  - a.ts: topics.orders: in prod: min.insync.replicas 3 equals the replication factor: no write would succeed while one broker is away",
  );
  expect(() => loadCatalogue({ domains }, { environment: "prod", brokers: 2 })).toThrow(
    "replication factor 3 with 2 brokers; wanted at most one copy per broker",
  );
  expect(loadCatalogue({ domains }, { environment: "staging", brokers: 2 }).topics).toHaveLength(1);
});

test("a topic on the only broker has one copy, and prod has more than one broker", () => {
  const domains = {
    "a.ts": domain({ topics: { orders: { ...TOPIC, ...MIN_INSYNC }, more: TOPIC } }),
  };
  for (const environment of ["dev", "staging"] as const) {
    expect(loadCatalogue({ domains }, { environment, brokers: 1 }).topics).toHaveLength(2);
  }
  expect(() => loadCatalogue({ domains }, { environment: "prod", brokers: 1 })).toThrow(
    "The catalogue is not valid: 1 fault\n" +
      "  - environment prod with 1 broker: its topics have 3 copies; wanted a cluster of kind kubernetes, " +
      "or environment dev or staging, where a topic on the only broker has one copy",
  );
});

test("a topic with tiered storage needs brokers that have it", () => {
  const config = { "remote.storage.enable": true };
  const domains = { "a.ts": domain({ topics: { orders: { ...TOPIC, config } } }) };
  const target = { environment: "prod", brokers: 3 } as const;
  expect(loadCatalogue({ domains }, { ...target, tieredStorage: true }).topics).toHaveLength(1);
  expect(() => loadCatalogue({ domains }, { ...target, tieredStorage: false })).toThrow(
    "topics.orders: in prod: remote.storage.enable: Kafka refuses it where the brokers have no tiered storage; " +
      "wanted `tieredStorage` of the cluster in the stack file",
  );
});

test("what a generated domain refuses is part of the report", () => {
  const generated = () => changeStreams([], { server: "x" });
  const load = () => loadCatalogue({ domains: { "a.ts": generated, "b.ts": { owner: "" } } });
  expect(load).toThrow(
    "The catalogue is not valid: 3 faults\n" +
      '  - a.ts: selection: server "x" is no source; is it misspelt?\n' +
      '  - b.ts: owner: given ""; wanted some text\n' +
      "  - b.ts: topics: missing; wanted topics by name",
  );
});

const table = compactedTable({
  description: "d",
  key: "k",
  classification: "internal",
  partitions: 3,
  eventsPerHour: { from: 1, to: 2 },
});

test.each<[string, WrittenTopic, string]>([
  [
    "no retention",
    { ...TOPIC, retention: undefined },
    'retention: missing; wanted a duration: cleanup is "delete"',
  ],
  [
    "no time for tombstones",
    { ...table, tombstoneRetention: undefined },
    'tombstoneRetention: missing; wanted a duration: cleanup is "compact"',
  ],
  [
    "61 partitions",
    { ...TOPIC, partitions: 61 },
    "partitions: given 61; wanted at most 60 partitions; more as { count, reason }, up to Kafka's own 10,000",
  ],
  [
    "61 partitions without a reason",
    { ...TOPIC, partitions: { count: 61, reason: "" } },
    'partitions.reason: given ""; wanted a sentence that says why',
  ],
  [
    "more partitions than Kafka makes",
    { ...TOPIC, partitions: { count: 10_001, reason: "r" } },
    "partitions.count: given 10001; wanted at most 10,000 partitions, Kafka's own limit",
  ],
  [
    "a batch above 2 GiB",
    { ...TOPIC, maxMessageSize: "2 GiB" },
    'maxMessageSize: given "2 GiB"; wanted less than 2 GiB',
  ],
])("%s is refused", (_, topic, fault) => {
  expect(() => loadCatalogue({ domains: { "a.ts": domain({ topics: { t: topic } }) } })).toThrow(
    `  - a.ts: topics.t.${fault}`,
  );
});

test("an empty catalogue is a catalogue", () => {
  const { topics, accounts, warnings } = loadCatalogue({ domains: { "a.ts": domain({}) } });
  expect([...topics, ...accounts, ...warnings]).toEqual([]);
});

describe("defaults of a domain", () => {
  const { description, key, classification, eventsPerHour, ...own } = TOPIC;
  const defaults = { description, key, classification, eventsPerHour };
  const load = (topics: Record<string, unknown>, more: object = {}) =>
    loadCatalogue({
      domains: { "a.ts": { owner: "x", defaults: { ...defaults, ...more }, topics } },
    });

  test("give each topic what it leaves out, and config key by key", () => {
    const config = { "segment.ms": "1d", preallocate: true };
    const [orders, refunds] = load(
      { orders: own, refunds: { ...own, key: null, config: { preallocate: false } } },
      { config },
    ).topics;
    expect(orders).toMatchObject({ ...defaults, config: { "segment.ms": "86400000" } });
    expect(refunds).toMatchObject({ ...defaults, key: null });
    expect(refunds?.config).toEqual({ "segment.ms": "86400000", preallocate: "false" });
  });

  test("that are wrong are a fault of their own and of each topic that has them", () => {
    expect(() => load({ orders: own }, { key: "" })).toThrow(
      'a.ts: defaults.key: given ""; wanted some text',
    );
    expect(() => load({ orders: own }, { kee: "x" })).toThrow("a.ts: defaults.kee: unknown key");
    expect(() => load({ orders: own }, { retire: {} })).toThrow(
      "a.ts: defaults.retire: unknown key",
    );
  });

  test("do not make a topic complete that lacks something else", () => {
    expect(() => load({ orders: { ...own, maxMessageSize: undefined } })).toThrow(
      "a.ts: topics.orders.maxMessageSize: missing",
    );
  });

  test("leave what is no topic to its own fault", () => {
    expect(() => load({ orders: 7 })).toThrow("a.ts: topics.orders");
  });
});

test("only a topic that is never compacted may have records without keys, or no volume", () => {
  const none = { ...TOPIC, key: null, eventsPerHour: { from: 0, to: 0 } };
  const load = (topic: object) =>
    loadCatalogue({ domains: { "a.ts": domain({ topics: { orders: topic as typeof TOPIC } }) } });
  expect(load(none).topics).toMatchObject([{ key: null }]);
  const { retention, ...rest } = none as typeof TOPIC;
  expect(retention).toBe("7d");
  const compacted = { ...rest, key: null, cleanup: "compact", tombstoneRetention: "1d" };
  expect(() => load(compacted)).toThrow(
    'topics.orders.key: given null; wanted the field that records are keyed by: cleanup is "compact"',
  );
});

test("what Kafka takes and never looks at is taken, and said to have no effect", () => {
  const topics = {
    state: { ...table, retention: "1d", environments: { prod: { retentionSize: "1 GiB" } } },
    both: { ...table, cleanup: "delete,compact", retention: "0ms", retentionSize: "1 GiB" },
    events: { ...TOPIC, tombstoneRetention: "1d" },
  } as const;
  const loaded = loadCatalogue({ domains: { "a.ts": domain({ topics }) } });
  expect(loaded.warnings).toEqual([
    'a.ts: topics.state.retention: has no effect, because cleanup is "compact"',
    'a.ts: topics.state.environments.prod.retentionSize: has no effect, because cleanup is "compact"',
    'a.ts: topics.events.tombstoneRetention: has no effect, because cleanup is "delete"',
  ]);
  const configs = loaded.topics.map((topic) => topicSpec(topic, "dev").config);
  expect(configs).toMatchObject([
    { "cleanup.policy": "compact,delete", "retention.ms": "0" },
    { "cleanup.policy": "delete", "delete.retention.ms": "86400000" },
    { "cleanup.policy": "compact", "retention.ms": "86400000" },
  ]);
});

test("a key that stands twice in a file is a fault of it, with both lines", () => {
  const sources = () => ({ "a.ts": "x = {\n  orders: a,\n  orders: b,\n};\n", "b.ts": "y = {}" });
  const domains = { "a.ts": domain({ topics: { orders: TOPIC } }) };
  expect(() => loadCatalogue({ domains, sources })).toThrow(
    "1 fault\n  - a.ts: line 3: orders: given twice, first in line 2; wanted once",
  );
});

test("nothing is declared under a name that hides it, and every other name is seen", () => {
  const hidden = [
    { topics: { ["__proto__"]: TOPIC } },
    { topics: { __proto__: TOPIC } },
    { topics: JSON.parse('{"__proto__": {}}') as Domain["topics"] },
  ];
  for (const { topics } of hidden) {
    expect(() => loadCatalogue({ domains: { "a.ts": domain({ topics }) } })).toThrow(
      "a.ts: topics.__proto__: the key does not fit; wanted another name, since JavaScript keeps",
    );
  }
  const topics = { constructor: TOPIC, toString: TOPIC, hasOwnProperty: TOPIC };
  const constructor = {
    description: "d",
    consumes: [{ topics: ["constructor"], group: "__proto__" }],
  };
  const loaded = loadCatalogue({
    domains: { "a.ts": domain({ topics, accounts: { constructor } }) },
  });
  expect(loaded.topics.map(({ name }) => name)).toEqual([
    ...["constructor", "hasOwnProperty", "toString"],
  ]);
  expect(loaded.accounts.map(({ name }) => name)).toEqual(["constructor"]);
});
