import type { Domain } from "../../model/catalogue/domain-declaration.ts";
import { compactedTable, event } from "../../model/topic/topic-profiles.ts";

/** A catalogue for commands that look at one: every way to be given access, and volumes of each kind. */

const SHOP: Domain = {
  owner: "shop",
  topics: {
    transactions: event({
      description: "Purchases.",
      key: "user_id",
      classification: "personal",
      partitions: 6,
      eventsPerHour: { from: 10_000, to: 50_000, given: true },
    }),
    "user-state": compactedTable({
      description: "The latest state of each user.",
      key: "user_id",
      classification: "personal",
      partitions: 3,
      eventsPerHour: { from: 1_000, to: 50_000 },
    }),
    "analytics-events": event({
      description: "Events of every source.",
      key: "event_id",
      classification: "internal",
      partitions: { throughputPerSecond: "5 MiB", consumers: 6, atLeast: 6 },
      eventsPerHour: { from: 1_000_000, to: 10_000_000 },
    }),
  },
  accounts: {
    "shop-backend": {
      description: "Publishes what happens.",
      produces: ["transactions", "user-state", "analytics-events"],
    },
    "spark-streaming": {
      description: "Reads what happens.",
      consumes: [{ topics: ["transactions", "user-state"], group: "spark-streaming" }],
      produces: ["analytics-events"],
      transactionalIds: ["spark-*"],
    },
    "shop-dashboards": {
      description: "Shows it.",
      consumes: [{ topics: ["analytics-events"], group: "shop-dashboards" }],
    },
  },
};

const table = event({
  description: "A replicated table.",
  key: "id",
  classification: "internal",
  partitions: 1,
  eventsPerHour: { from: 0, to: 100 },
});

const CAPTURE: Domain = {
  owner: "replication",
  topics: { "db.orders": table, "db.users": table },
  accounts: {
    capture: { description: "Writes the tables.", produces: ["db.*"] },
    "cdc-consumer": {
      description: "Applies the changes.",
      consumes: [{ topics: ["db.*"], group: "cdc_consumer_*" }],
    },
    monitor: {
      description: "Looks after all of it.",
      groups: ["operators"],
    },
  },
};

export const EXAMPLE_DOMAINS = { "topics/shop.ts": SHOP, "topics/capture.ts": CAPTURE };
