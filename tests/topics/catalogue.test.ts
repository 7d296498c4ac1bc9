import { expect, test } from "vitest";
import { loadCatalogue } from "../../topics/catalogue.ts";
import { event } from "../../topics/profiles.ts";
import type { Domain } from "../../topics/topic.schema.ts";

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

test("every fault of every file in one report", () => {
  const load = () =>
    loadCatalogue({
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
    });
  expect(load).toThrow(
    "The catalogue is not valid: 6 faults\n" +
      "  - topics/a.ts: topics.orders.partitions: given 0; wanted at least 1 partition\n" +
      '  - topics/a.ts: topics.orders.retention: given "7 days"; wanted a duration such as 30s, 15m, 12h or 7d, or "unlimited"\n' +
      '  - topics/a.ts: topics.orders.config.retention.ms: given "1d"; wanted it in the field `retention` of the topic\n' +
      '  - topics/a.ts: topics.orders.config.segment.bytes: given "512 KiB"; wanted a size such as 512 MiB, from 1,048,576 to 2,147,483,647 bytes\n' +
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
