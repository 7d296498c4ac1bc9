import { expect, test } from "vitest";
import { catalogueCapacity } from "../../../model/capacity/catalogue-load.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { topicUsage } from "../../../model/catalogue/topic-usage.ts";

const TOPIC = {
  ...{ description: "d", key: "k", classification: "public", cleanup: "delete", retention: "1h" },
  ...{ partitions: 1, maxMessageSize: "1 MiB", producerCodec: "none" },
  eventsPerHour: { from: 0, to: 3_600 },
};
const TABLE = { ...TOPIC, cleanup: "compact", retention: undefined, tombstoneRetention: "1h" };
const catalogue = loadCatalogue({
  domains: {
    "topics/a.ts": {
      owner: "shop",
      topics: {
        orders: { ...TOPIC, deadLetter: "failed" },
        "orders.eu": TOPIC,
        ...{ failed: TOPIC, configs: TABLE, offsets: TABLE, status: TABLE, sums: TOPIC },
      },
      accounts: {
        till: {
          description: "d",
          produces: ["orders*"],
          quota: { producerByteRate: "2 KiB", consumerByteRate: "1 KiB" },
        },
        desk: { description: "d", consumes: [{ topics: ["orders"], group: "desk" }] },
        counter: { description: "d", consumes: [{ topics: ["orders*"], group: "desk" }] },
        adder: {
          description: "d",
          streams: [{ applicationId: "adder", consumes: ["orders"], produces: ["sums"] }],
        },
        worker: {
          description: "d",
          connect: [
            {
              ...{ group: "connect", configTopic: "configs" },
              ...{ offsetTopic: "offsets", statusTopic: "status" },
            },
          ],
        },
        copier: { description: "d", mirrorsTo: [{ target: "eu", topics: ["orders"] }] },
      },
    },
  },
});

test("it is told who writes and who reads what, as a client", () => {
  const { writers, readers } = topicUsage(catalogue);
  const told = writers.map(
    ({ topic, account, deadLetters }) => `${account} ${topic}${deadLetters ? " (failed)" : ""}`,
  );
  expect(told.sort()).toEqual([
    ...["adder failed (failed)", "adder sums", "counter failed (failed)", "desk failed (failed)"],
    ...["till orders", "till orders.eu", "worker configs", "worker offsets", "worker status"],
  ]);
  expect(
    readers.map(({ topic, account, group }) => `${account} ${topic} ${group ?? "-"}`).sort(),
  ).toEqual([
    ...["adder orders adder", "copier orders -", "counter orders desk", "counter orders.eu desk"],
    ...["desk orders desk", "worker configs connect", "worker offsets connect"],
    "worker status connect",
  ]);
});

test("each group reads a topic once; an account's quota is judged by what it writes and reads", () => {
  const plan = catalogueCapacity(catalogue, { environment: "dev", brokers: 1 });
  // orders: desk, adder and the mirror; orders.eu: desk; three topics of the worker.
  expect(plan.bandwidth).toEqual({
    produced: 7 * 1_024,
    replicatedIn: 0,
    consumed: 7 * 1_024,
    replicatedOut: 0,
  });
  expect(plan.quotas).toEqual([
    {
      ...{ account: "till", kind: "producer", needed: 2_048, limit: 2_048 },
      ...{ available: 2_048, verdict: "failure" },
    },
    {
      ...{ account: "till", kind: "consumer", needed: 0, limit: 1_024 },
      ...{ available: 1_024, verdict: "ok" },
    },
  ]);
  const everybody = { producerByteRate: 1_024 };
  const limited = catalogueCapacity(catalogue, { environment: "dev", brokers: 1 }, everybody);
  expect(limited.quotas.map(({ account, verdict }) => `${account} ${verdict}`).sort()).toEqual([
    ...["adder failure", "copier ok", "counter ok", "desk ok", "till failure", "till ok"],
    "worker failure",
  ]);
});

test("who may read less than comes in the busiest hour falls behind, and is told where a budget says how far it may", () => {
  const readBy = (lagBudget: string) =>
    catalogueCapacity(
      loadCatalogue({
        domains: {
          "topics/a.ts": {
            owner: "shop",
            topics: { orders: { ...TOPIC, eventSize: "2 KiB" } },
            accounts: {
              desk: {
                description: "d",
                quota: { consumerByteRate: "1536 B" },
                consumes: [{ topics: ["orders"], group: "desk", lagBudget }],
              },
            },
          },
        },
      }),
      { environment: "dev", brokers: 1 },
    )
      .findings.map(({ message }) => message)
      .filter((message) => message.startsWith("lag:"));
  // A quarter of what comes in an hour is left over: it came in the last quarter of an hour.
  expect(readBy("5m")).toEqual([
    "lag: desk falls 15m behind in the busiest hour, because its consumerByteRate lets it read 1.5 KiB/s on a " +
      "broker of 2 KiB/s; its lagBudget is 5m",
  ]);
  expect(readBy("15m")).toEqual([]);
});
