import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import type { AlertingInput } from "../../../model/alerting/rule-file.ts";
import type { Domain } from "../../../model/catalogue/domain-declaration.ts";
import { event } from "../../../model/topic/topic-profiles.ts";

/** Topics and groups with everything that can be said about when to be told. */
const shop: Domain = {
  owner: "shop",
  defaults: { classification: "internal", key: "id", partitions: 1 },
  topics: {
    orders: event({
      description: "Orders.",
      eventsPerHour: { from: 100, to: 1_000 },
      deadLetter: true,
      alerts: { errorRate: 0.1 },
      quietAfter: "10m",
    }),
    clicks: event({
      description: "Clicks.",
      eventsPerHour: { from: 0, to: 5_000 },
      alerts: { lag: 500 },
      deadLetter: "failures",
      quietAfter: "2h",
    }),
    views: event({
      description: "Views.",
      eventsPerHour: { from: 0, to: 0 },
      alerts: { lag: "off" },
    }),
    failures: event({ description: "Failures.", eventsPerHour: { from: 0, to: 10 } }),
  },
  accounts: {
    "shop-backend": {
      description: "Writes.",
      produces: ["orders", "clicks", "views"],
      consumes: [{ topics: ["orders.dlq", "failures"], group: "repair" }],
    },
    billing: {
      description: "Bills.",
      owner: "finance",
      consumes: [
        { topics: ["orders"], group: "billing", lagBudget: "5m" },
        { topics: ["clicks", "views"], group: "billing", lagBudget: 2_000 },
      ],
    },
    audit: {
      description: "Audits.",
      owner: "security",
      consumes: [{ topics: ["orders", "clicks"], group: "audit" }],
    },
  },
};

const { topics, accounts } = loadCatalogue({ domains: { "shop.ts": shop } });

/** A cluster of three brokers that all vote, with an exporter. */
export const INPUT: AlertingInput = {
  cluster: "c",
  brokers: 3,
  voters: 3,
  exporter: true,
  environment: "prod",
  topics,
  accounts,
  runbookBase: "https://example.org/runbooks/",
  run: { kind: "kubernetes", name: "kafka", namespace: "kafka" },
};
