import { expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { event } from "../../../model/topic/topic-profiles.ts";
import type { SettingsError } from "../../../model/values/faults.ts";

const TOPIC = event({
  ...{ description: "d", key: "k", classification: "internal", partitions: 1, deadLetter: true },
  eventsPerHour: { from: 0, to: 9 },
});

function faults(naming: object, topics: readonly string[], accounts: readonly string[] = []) {
  const domain = {
    ...{ owner: "o", naming },
    topics: Object.fromEntries(topics.map((name) => [name, TOPIC])),
    accounts: Object.fromEntries(accounts.map((name) => [name, { description: "d" }])),
  };
  try {
    loadCatalogue({ domains: { "topics/a.ts": domain } });
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
}

test("a domain's topics begin as it says, and are written in its style", () => {
  const naming = { topics: { prefix: "tda_", style: "snake_case" } };
  // Its dead letter topic is named by its origin.
  expect(faults(naming, ["tda_jobs"])).toEqual([]);
  expect(faults(naming, ["jobs", "tda_Jobs", "x-y"])).toEqual([
    'topics/a.ts: topics.jobs: given the name "jobs"; wanted a name that begins with "tda_"',
    'topics/a.ts: topics.tda_Jobs: given the name "tda_Jobs"; wanted a name in snake_case, such as user_events',
    'topics/a.ts: topics.x-y: given the name "x-y"; wanted a name that begins with "tda_", and a name in snake_case, such as user_events',
  ]);
});

test("a domain's accounts do as well, and only where it says so", () => {
  const naming = { accounts: { style: "kebab-case" } };
  expect(faults(naming, ["Any_Topic"], ["shop-backend"])).toEqual([]);
  expect(faults(naming, [], ["shop_backend"])).toEqual([
    'topics/a.ts: accounts.shop_backend: given the name "shop_backend"; wanted a name in kebab-case, such as user-events',
  ]);
});

test.each<[object, readonly string[], readonly string[]]>([
  [
    { style: "dotted" },
    ["shop.user-events", "shop"],
    ["shop..events", "Shop.events", "shop_events"],
  ],
  [{ style: "CamelCase" }, ["UserEvents", "A"], ["userEvents", "User-Events"]],
  [
    { pattern: String.raw`[a-z]+\.(fact|command)\.[a-z-]+\.v\d+` },
    ["shop.fact.order-placed.v1"],
    ["shop.fact.order-placed", "x.shop.fact.a.v1", "shop.fact.a.v1.dlq"],
  ],
  [{ prefix: "eu." }, ["eu.orders"], ["EU.orders", "eu-orders"]],
])("by %j these names are taken and those refused", (rule, taken, refused) => {
  expect(faults({ topics: rule }, taken)).toEqual([]);
  expect(faults({ topics: rule }, refused)).toHaveLength(refused.length);
});

test.each<[object, string]>([
  [{ topics: {} }, "naming.topics: given {}; wanted a prefix, a style or a pattern"],
  [
    { topics: { pattern: "[a-z" } },
    'naming.topics.pattern: given "[a-z"; wanted a regular expression of at most 200 characters, for whole names',
  ],
  [
    { topics: { pattern: "a".repeat(201) } },
    `naming.topics.pattern: given "${"a".repeat(76)}...; wanted a regular expression of at most 200 characters, for whole names`,
  ],
  [
    { topics: { style: "shouting" } },
    'naming.topics.style: given "shouting"; wanted kebab-case, snake_case, dotted, CamelCase',
  ],
  [
    { accounts: { prefix: "" } },
    'naming.accounts.prefix: given ""; wanted the beginning of a name: 1 to 60 letters, digits, dots, hyphens and underscores',
  ],
])("the rule %j is refused", (naming, fault) => {
  expect(faults(naming, [])).toEqual([`topics/a.ts: ${fault}`]);
});

test("a pattern that goes back and forth for ever is refused, and holds nobody up", () => {
  const name = `${"a".repeat(60)}_`;
  expect(faults({ topics: { pattern: "(a+)+" } }, [name])).toEqual([
    'topics/a.ts: naming.topics.pattern: given "(a+)+"; wanted an expression that is done with 1 names within a second',
  ]);
});
