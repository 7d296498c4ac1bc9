import { expect, test } from "vitest";
import { TopicsOfAccounts } from "../../../model/catalogue/account-topics.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { event } from "../../../model/topic/topic-profiles.ts";

const topic = (to: number, more: object = {}) =>
  event({
    ...{ description: "d", key: "k", classification: "public", partitions: 1 },
    eventsPerHour: { from: 0, to },
    ...more,
  });
const COMPACTED = { cleanup: "compact", retention: undefined, tombstoneRetention: "1d" } as const;
const catalogue = loadCatalogue({
  domains: {
    "topics/a.ts": {
      owner: "shop",
      topics: {
        orders: topic(100, {
          deadLetter: true,
          environments: { prod: { producerCodec: "zstd", maxMessageSize: "3 MiB" } },
        }),
        "orders.large": topic(10, { eventSize: "100 KiB", producerCodec: "none" }),
        stock: { ...topic(100_000), ...COMPACTED },
        "eu.orders": topic(1),
        settings: { ...topic(1), ...COMPACTED },
      },
      accounts: {
        till: { description: "d", produces: ["orders*"] },
        desk: { description: "d", consumes: [{ topics: ["orders"], group: "desk" }] },
        counter: {
          description: "d",
          streams: [{ applicationId: "counter", consumes: ["stock"], produces: ["orders"] }],
        },
        worker: {
          ...{ description: "d", produces: ["orders"] },
          schemaRegistries: [{ topics: ["stock"], group: "worker" }],
        },
        mirror: { description: "d", mirrorsFrom: ["eu"] },
        registry: {
          description: "d",
          schemaRegistries: [{ topics: ["settings"], group: "registry" }],
        },
        member: { description: "d", groups: ["watchers"] },
      },
    },
  },
  accountGroups: { watchers: { description: "d", owner: "shop", observes: true } },
});

const topicsOf = (name: string, environment: "dev" | "prod" = "dev") => {
  const account = catalogue.accounts.find((one) => one.name === name);
  if (!account) throw new Error(`no account ${name}`);
  return new TopicsOfAccounts(catalogue.topics, environment).of(account);
};
const names = (name: string) => {
  const { writes, reads } = topicsOf(name);
  return [writes, reads].map((topics) => topics.map(({ topic }) => topic));
};

test.each([
  ["till", ["orders.large", "orders", "orders.dlq"], []],
  ["desk", ["orders.dlq"], ["orders"]],
  ["counter", ["orders"], ["stock"]],
  ["worker", ["orders", "stock"], ["stock"]],
  ["mirror", ["eu.orders"], ["eu.orders"]],
  ["registry", ["settings"], ["settings"]],
])(
  "%s may write and read these declared topics: what it produces first, and most bytes first",
  (name, writes, reads) => {
    expect(names(name)).toEqual([writes, reads]);
  },
);

test("a member of a group that sees everything reads every topic", () => {
  const [writes, reads] = names("member");
  expect(writes).toEqual([]);
  expect(reads).toHaveLength(catalogue.topics.length);
});

test("codec and largest batch are those of the environment", () => {
  const orders = (environment: "dev" | "prod") =>
    topicsOf("till", environment).writes.find(({ topic }) => topic === "orders");
  expect(orders("dev")).toEqual({ topic: "orders", codec: "lz4", maxMessageSize: 1_048_576 });
  expect(orders("prod")).toEqual({ topic: "orders", codec: "zstd", maxMessageSize: 3_145_728 });
});
