import { event, type OwnValues } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";
import type { WrittenTopic } from "../model/topic/topic-declaration.ts";

/** What the domain's topics have in common: six partitions at least, and more room in production. */
const streaming = (own: OwnValues): WrittenTopic =>
  event({
    producerCodec: "gzip",
    deadLetter: true,
    environments: {
      dev: { partitions: 3 },
      prod: {
        retention: "30d",
        retentionSize: "1000 GiB",
        producerCodec: "lz4",
        config: { "segment.ms": "1d", "unclean.leader.election.enable": false },
      },
    },
    ...own,
  });

/** Analytics as events happen: what is measured, what it means, and whom to tell. */
export const streamingAnalytics: Domain = {
  owner: "streaming-analytics",
  topics: {
    "analytics-events": streaming({
      description: "Events of every source, as they come in: input of the windowed jobs.",
      key: "event_id",
      classification: "personal",
      partitions: { throughputPerSecond: "5 MiB", consumers: 6, atLeast: 6 },
      eventsPerHour: { from: 1_000_000, to: 10_000_000 },
    }),
    "streaming-metrics": streaming({
      description: "Figures that the windowed jobs compute.",
      key: "metric_name",
      classification: "internal",
      partitions: { throughputPerSecond: "1 MiB", consumers: 3, atLeast: 6 },
      eventsPerHour: { from: 100_000, to: 1_000_000 },
    }),
    "streaming-alerts": streaming({
      description: "Figures that crossed a threshold: on-call and dashboards.",
      key: "alert_id",
      classification: "internal",
      partitions: { throughputPerSecond: "1 MiB", consumers: 1, atLeast: 6 },
      eventsPerHour: { from: 10, to: 1_000 },
    }),
    "ml-predictions": streaming({
      description: "What the models predict for each event.",
      key: "event_id",
      classification: "personal",
      partitions: { throughputPerSecond: "2 MiB", consumers: 3, atLeast: 6 },
      eventsPerHour: { from: 100_000, to: 1_000_000 },
    }),
  },
  accounts: {
    "analytics-collector": {
      description: "Takes in the events of every source.",
      quota: { producerByteRate: "10 MiB" },
      produces: ["analytics-events"],
    },
    "windowed-jobs": {
      description: "Windowed stream processing: figures out of events, alerts out of figures.",
      quota: { producerByteRate: "10 MiB", consumerByteRate: "20 MiB" },
      // Windows close five minutes after their end: what comes later is left out of the figures.
      consumes: [{ topics: ["analytics-events"], group: "windowed-jobs", lagBudget: "5m" }],
      produces: ["streaming-metrics", "streaming-alerts"],
      transactionalIds: ["windowed-jobs-*"],
    },
    "ml-inference": {
      description: "Applies the models to each event.",
      quota: { producerByteRate: "10 MiB", consumerByteRate: "20 MiB" },
      consumes: [{ topics: ["analytics-events"], group: "ml-inference" }],
      produces: ["ml-predictions"],
    },
    "streaming-dashboards": {
      description: "Shows figures, alerts and predictions, and calls on-call.",
      quota: { consumerByteRate: "20 MiB" },
      consumes: [
        {
          topics: ["streaming-metrics", "streaming-alerts", "ml-predictions"],
          group: "streaming-dashboards",
        },
      ],
    },
    "dead-letter-handler": {
      description: "Looks at records that failed, and has them tried again from their origin.",
      quota: { consumerByteRate: "5 MiB" },
      consumes: [
        {
          topics: [
            "analytics-events.dlq",
            "streaming-metrics.dlq",
            "streaming-alerts.dlq",
            "ml-predictions.dlq",
          ],
          group: "dead-letter-handler",
        },
      ],
    },
  },
};
