import { deadLetter, event, type OwnValues } from "../model/topic/topic-profiles.ts";
import type { Domain } from "../model/catalogue/domain-declaration.ts";
import type { WrittenTopic } from "../model/topic/topic-declaration.ts";

const DEAD_LETTERS = "tda_dlq";

const backward = (name: string) => ({ name, compatibility: "BACKWARD" }) as const;

/** What differs by environment where a topic does not say it: how long records are kept. */
const platform = (own: OwnValues): WrittenTopic =>
  event({
    retention: "14d",
    deadLetter: DEAD_LETTERS,
    environments: { dev: { retention: "7d" }, prod: { retention: "30d" } },
    ...own,
  });

/** Topological data analysis: files come in, jobs compute on them, results go out. */
export const tda: Domain = {
  owner: "tda-platform",
  naming: { topics: { prefix: "tda_", style: "snake_case" } },
  topics: {
    tda_jobs: event({
      description: "Life of a computation job: submitted, started, done, failed.",
      key: "job_id",
      classification: "internal",
      partitions: 12,
      eventsPerHour: { from: 1_000, to: 20_000 },
      schema: backward("tda_job_event_v1"),
      deadLetter: DEAD_LETTERS,
      guarded: true,
      environments: { dev: { partitions: 3, retention: "3d" } },
    }),
    tda_results: platform({
      description: "Results of computations, persistence diagrams among them.",
      key: "job_id",
      classification: "confidential",
      partitions: 12,
      maxMessageSize: "10 MiB",
      eventsPerHour: { from: 1_000, to: 10_000 },
      schema: backward("tda_result_event_v1"),
      guarded: true,
    }),
    tda_events: platform({
      description: "Events of the system and notifications.",
      key: "source",
      classification: "internal",
      partitions: 3,
      producerCodec: "snappy",
      eventsPerHour: { from: 1_000, to: 10_000 },
      schema: backward("tda_system_event_v1"),
    }),
    tda_uploads: platform({
      description: "Files that were uploaded and taken in.",
      key: "upload_id",
      classification: "confidential",
      partitions: 6,
      eventsPerHour: { from: 100, to: 5_000 },
      schema: backward("tda_upload_event_v1"),
    }),
    tda_errors: platform({
      description: "Errors and failures, for whoever looks for their cause.",
      key: "service",
      classification: "internal",
      partitions: 3,
      eventsPerHour: { from: 10, to: 1_000 },
      schema: backward("tda_error_event_v1"),
    }),
    tda_audit: event({
      description: "Who did what: evidence for compliance.",
      key: "actor_id",
      classification: "personal",
      partitions: 3,
      retention: "90d",
      producerCodec: "gzip",
      eventsPerHour: { from: 100, to: 5_000 },
      schema: backward("tda_audit_event_v1"),
      guarded: true,
      waivers: [
        {
          rule: "topic-retention",
          reason: "Compliance asks for 90 days of who did what.",
          by: "tda-platform",
          until: "2027-11-30",
        },
      ],
    }),
    [DEAD_LETTERS]: deadLetter({
      description: "Records of every topic of the platform that could not be processed.",
      classification: "confidential",
      partitions: 3,
      // The largest result and what is added to it.
      maxMessageSize: "11 MiB",
      eventsPerHour: { from: 0, to: 1_000 },
      schema: backward("tda_dead_letter_v1"),
    }),
  },
  accounts: {
    tda_backend_api: {
      description: "The platform's API: takes in files, submits jobs, hands out results.",
      quota: { producerByteRate: "1 MiB", consumerByteRate: "5 MiB" },
      mechanism: "SCRAM-SHA-256",
      rotateAfter: "90d",
      produces: ["tda_jobs", "tda_uploads", "tda_events", "tda_errors", "tda_audit"],
      consumes: [{ topics: ["tda_jobs", "tda_results"], group: "tda_backend_api" }],
    },
    flink_processor: {
      description: "The Flink jobs that compute: from jobs and files to results.",
      quota: { producerByteRate: "5 MiB", consumerByteRate: "20 MiB" },
      mechanism: "SCRAM-SHA-256",
      rotateAfter: "90d",
      consumes: [{ topics: ["tda_jobs", "tda_uploads"], group: "flink_tda_processor" }],
      produces: ["tda_jobs", "tda_results", "tda_events", "tda_errors"],
      transactionalIds: ["flink_tda_processor-*"],
    },
    tda_analytics: {
      description: "Data science on results and events.",
      quota: { consumerByteRate: "5 MiB" },
      consumes: [{ topics: ["tda_results", "tda_events"], group: "analytics_group" }],
    },
    tda_monitor: {
      description: "Lag, health and failures of the platform.",
      groups: ["operators"],
      consumes: [{ topics: ["tda_errors", "tda_dlq"], group: "tda_monitor" }],
    },
    tda_backup: {
      description: "Archives whatever is in the platform's topics, the audit trail among it.",
      quota: { consumerByteRate: "20 MiB" },
      consumes: [{ topics: ["tda_*"], group: "tda_backup" }],
    },
  },
};
