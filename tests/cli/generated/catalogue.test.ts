import { expect, test } from "vitest";
import { accountGraph, topicGraph } from "../../../cli/generated/catalogue-graph.ts";
import { cataloguePage } from "../../../cli/generated/catalogue-page.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { topicUsage } from "../../../model/catalogue/topic-usage.ts";

const TOPIC = {
  ...{ description: "Orders | all", key: "id", classification: "personal", cleanup: "delete" },
  ...{ retention: "7d", partitions: 3, maxMessageSize: "1 MiB", producerCodec: "none" },
  eventsPerHour: { from: 1_000, to: 2_000, given: true },
};
const catalogue = loadCatalogue({
  domains: {
    "topics/a.ts": {
      owner: "shop",
      topics: {
        orders: {
          ...TOPIC,
          ...{ deadLetter: "failed", schema: { name: "order_v1", compatibility: "FULL" } },
          environments: {
            dev: { retention: "1h", partitions: 1 },
            prod: { retentionSize: "1 GiB", producerCodec: "zstd" },
          },
        },
        refunds: { ...TOPIC, deadLetter: "failed", guarded: true },
        failed: {
          ...{ ...TOPIC, cleanup: "compact", retention: undefined, tombstoneRetention: "36h" },
          eventsPerHour: { from: 0, to: 10 },
        },
      },
      accounts: {
        till: { description: "d", produces: ["orders", "refunds"] },
        desk: {
          description: "d",
          consumes: [{ topics: ["orders", "refunds"], group: "Desk`s|1" }],
        },
        eye: {
          description: "d",
          owner: "audit",
          mirrorsTo: [{ target: "eu", topics: ["orders"] }],
        },
      },
    },
  },
});

test("every topic is in a table of its team, with what it is and who uses it", () => {
  const lines = cataloguePage(catalogue).split("\n");
  expect(lines.filter((line) => line.startsWith("| `"))).toEqual([
    "| `failed` | Orders \\| all | id | personal | none declared | latest of each key, deletions 36h | " +
      "3 × 1 / 3 × 2 / 3 × 3 | none | 1 MiB | 0 to 10 |",
    "| `orders` | Orders \\| all | id | personal | `order_v1`, FULL | 1h / 7d / 7d, at most 1 GiB a " +
      "partition | 1 × 1 / 3 × 2 / 3 × 3 | none / none / zstd | 1 MiB | 1,000 to 2,000, given |",
    "| `refunds` (guarded) | Orders \\| all | id | personal | none declared | 7d | " +
      "3 × 1 / 3 × 2 / 3 × 3 | none | 1 MiB | 1,000 to 2,000, given |",
    "| `failed` | desk (failed records) | nobody |  | lag above 10,000 |",
    "| `orders` | till | desk as ``Desk`s\\|1``, eye (mirror) | `failed` | lag above 10,000, more than 5 % dead letters |",
    "| `refunds` | till | desk as ``Desk`s\\|1`` | `failed` | lag above 10,000, more than 5 % dead letters |",
  ]);
  expect(lines).toContain("- [shop](#shop): 3 topics");
});

test("topics that the same accounts use share a box", () => {
  const usage = topicUsage(catalogue);
  expect(topicGraph(["failed", "refunds"], usage)).toEqual([
    'a0(["desk"])',
    'a1(["till"])',
    't0[("failed")]',
    't1[("refunds")]',
    "a0 -. failed .-> t0",
    "a1 --> t1",
    "t1 --> a0",
  ]);
  const same = { writers: [], readers: [] };
  expect(topicGraph(["one", "two"], same)).toEqual(['t0[("one<br/>two")]']);
});

test("accounts stand with their owner, and lines say over how many topics one reaches another", () => {
  expect(accountGraph(catalogue.accounts, topicUsage(catalogue))).toEqual([
    'subgraph o0 ["shop"]',
    '  a0(["desk"])',
    '  a2(["till"])',
    "end",
    'subgraph o1 ["audit"]',
    '  a1(["eye"])',
    "end",
    'a2 -- "2 topics" --> a0',
    'a2 -- "orders" --> a1',
  ]);
});
