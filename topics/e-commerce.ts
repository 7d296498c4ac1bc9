import { compactedTable, event } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";

/** Events of the shop, and what the analytics jobs make of them. */
export const eCommerce: Domain = {
  owner: "e-commerce-analytics",
  topics: {
    transactions: event({
      description: "Purchases: revenue, fraud detection, customer behaviour.",
      key: "user_id",
      classification: "personal",
      partitions: 6,
      eventsPerHour: { from: 10_000, to: 50_000, given: true },
      // Somebody always buys something.
      quietAfter: "15m",
    }),
    "user-events": event({
      description: "Page views, clicks and searches: recommendations, A/B tests, funnels.",
      key: "session_id",
      classification: "personal",
      partitions: 12,
      retention: "3d",
      maxMessageSize: "512 KiB",
      eventsPerHour: { from: 100_000, to: 500_000, given: true },
      // A segment goes as a whole: closed twice a day, none keeps a person's records for a week more.
      config: { "segment.ms": "12h" },
    }),
    "product-updates": compactedTable({
      description: "The catalogue: the latest state of each product, its price and its stock.",
      key: "product_id",
      classification: "internal",
      partitions: 3,
      // Compacted and never dropped by age: a product nobody touched for a month still exists.
      tombstoneRetention: "30d",
      maxMessageSize: "2 MiB",
      eventsPerHour: { from: 1_000, to: 10_000, given: true },
    }),
    "fraud-alerts": event({
      description: "Suspicious purchases: investigation and compliance reports.",
      key: "user_id",
      classification: "personal",
      partitions: 2,
      retention: "90d",
      producerCodec: "gzip",
      eventsPerHour: { from: 100, to: 1_000, given: true },
      waivers: [
        {
          rule: "topic-retention",
          reason:
            "An investigation goes back a quarter: reports on fraud are made of these records.",
          by: "e-commerce-analytics",
          until: "2027-11-30",
        },
      ],
    }),
    "analytics-results": event({
      description: "Aggregates of the streaming jobs: dashboards, reports, model features.",
      key: "metric_type",
      classification: "internal",
      partitions: 4,
      retention: "14d",
      maxMessageSize: "10 MiB",
      producerCodec: "gzip",
      eventsPerHour: { from: 500, to: 5_000, given: true },
    }),
  },
  accounts: {
    "shop-backend": {
      description: "The shop's services: they publish what happens in it.",
      quota: { producerByteRate: "5 MiB" },
      produces: ["transactions", "user-events", "product-updates", "fraud-alerts"],
    },
    "spark-streaming": {
      description: "The streaming analytics jobs: they read the shop's events.",
      quota: { producerByteRate: "5 MiB", consumerByteRate: "20 MiB" },
      consumes: [
        {
          topics: ["transactions", "user-events", "product-updates", "fraud-alerts"],
          group: "spark-streaming",
        },
      ],
      produces: ["analytics-results"],
    },
    "shop-dashboards": {
      description: "Dashboards and reports on what the jobs compute.",
      quota: { consumerByteRate: "5 MiB" },
      consumes: [{ topics: ["analytics-results"], group: "shop-dashboards" }],
    },
  },
};
