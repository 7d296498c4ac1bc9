import { expect, test } from "vitest";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";

const DAY = 86_400_000;
const MIB = 1_048_576;

const mine = loadCatalogue(DECLARATIONS).topics.filter(
  ({ owner }) => owner === "e-commerce-analytics",
);

test("five topics, and nothing besides", () => {
  expect(mine.map(({ name }) => name)).toEqual([
    "analytics-results",
    "fraud-alerts",
    "product-updates",
    "transactions",
    "user-events",
  ]);
});

test.each([
  ["transactions", "user_id", 6, 7, MIB, "lz4", 10_000, 50_000],
  ["user-events", "session_id", 12, 3, MIB / 2, "lz4", 100_000, 500_000],
  ["fraud-alerts", "user_id", 2, 90, MIB, "gzip", 100, 1_000],
  ["analytics-results", "metric_type", 4, 14, 10 * MIB, "gzip", 500, 5_000],
])("%s is dropped by age", (name, key, partitions, days, maxMessageSize, codec, from, to) => {
  expect(mine.find((one) => one.name === name)).toMatchObject({
    key,
    partitions,
    cleanup: "delete",
    retention: days * DAY,
    maxMessageSize,
    producerCodec: codec,
    eventsPerHour: { from, to },
  });
});

test("product-updates is compacted and has no retention", () => {
  const topic = mine.find(({ name }) => name === "product-updates");
  expect(topic).toMatchObject({
    key: "product_id",
    partitions: 3,
    cleanup: "compact",
    tombstoneRetention: 30 * DAY,
    maxMessageSize: 2 * MIB,
    producerCodec: "gzip",
    eventsPerHour: { from: 1_000, to: 10_000 },
  });
  expect(topic).not.toHaveProperty("retention");
});

test("the shop publishes, the jobs read and publish, dashboards read", () => {
  expect(rightsOf("e-commerce-analytics")).toEqual({
    "shop-backend": [
      "Write Topic fraud-alerts",
      "Write Topic product-updates",
      "Write Topic transactions",
      "Write Topic user-events",
    ],
    "shop-dashboards": ["Read Group shop-dashboards", "Read Topic analytics-results"],
    "spark-streaming": [
      "Read Group spark-streaming",
      "Read Topic fraud-alerts",
      "Read Topic product-updates",
      "Read Topic transactions",
      "Read Topic user-events",
      "Write Topic analytics-results",
    ],
  });
});
