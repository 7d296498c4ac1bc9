import { expect, test } from "vitest";
import { topicSpec } from "../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";

const DAY = 86_400_000;

const mine = loadCatalogue(DECLARATIONS).topics.filter(({ owner }) => owner === "tda-platform");
const days = (ms: number | undefined) => (ms ?? 0) / DAY;

test("seven topics: partitions, schema, dead letters, and which must never be lost", () => {
  expect(
    mine.map(({ name, partitions, schema, deadLetter, guarded }) => [
      name,
      partitions,
      schema?.name,
      deadLetter,
      guarded,
    ]),
  ).toEqual([
    ["tda_audit", 3, "tda_audit_event_v1", undefined, true],
    ["tda_dlq", 3, "tda_dead_letter_v1", undefined, false],
    ["tda_errors", 3, "tda_error_event_v1", "tda_dlq", false],
    ["tda_events", 3, "tda_system_event_v1", "tda_dlq", false],
    ["tda_jobs", 12, "tda_job_event_v1", "tda_dlq", true],
    ["tda_results", 12, "tda_result_event_v1", "tda_dlq", true],
    ["tda_uploads", 6, "tda_upload_event_v1", "tda_dlq", false],
  ]);
  expect(new Set(mine.map(({ schema }) => schema?.compatibility))).toEqual(new Set(["BACKWARD"]));
});

test.each([
  ["tda_jobs", [3, 7, 7]],
  ["tda_results", [7, 14, 30]],
  ["tda_events", [7, 14, 30]],
  ["tda_uploads", [7, 14, 30]],
  ["tda_errors", [7, 14, 30]],
  ["tda_audit", [90, 90, 90]],
  ["tda_dlq", [30, 30, 30]],
])("%s is kept for %j days in dev, staging and prod", (name, expected) => {
  const topic = mine.find((one) => one.name === name);
  const { environments, retention } = topic ?? {};
  const kept = (["dev", "staging", "prod"] as const).map((environment) =>
    days(environments?.[environment]?.retention ?? retention),
  );
  expect(kept).toEqual(expected);
});

test("tda_jobs has 3 partitions in dev and 12 elsewhere, keyed by the job", () => {
  const jobs = mine.find(({ name }) => name === "tda_jobs");
  if (!jobs) throw new Error("no topic tda_jobs");
  expect(jobs.key).toBe("job_id");
  expect(topicSpec(jobs, "dev").partitions).toBe(3);
  expect(topicSpec(jobs, "staging").partitions).toBe(12);
  expect(topicSpec(jobs, "prod").partitions).toBe(12);
});

test("whatever can fail fits into the dead letter topic", () => {
  const dlq = mine.find(({ name }) => name === "tda_dlq");
  const failing = mine.filter(({ deadLetter }) => deadLetter === "tda_dlq");
  const largest = Math.max(...failing.map(({ maxMessageSize }) => maxMessageSize));
  expect(dlq?.maxMessageSize).toBeGreaterThan(largest);
});

test("who may do what: whoever reads a topic also writes to the one for dead letters", () => {
  expect(rightsOf("tda-platform")).toEqual({
    flink_processor: [
      "Read Group flink_tda_processor",
      "Read Topic tda_jobs",
      "Read Topic tda_uploads",
      "Write Topic tda_dlq",
      "Write Topic tda_errors",
      "Write Topic tda_events",
      "Write Topic tda_jobs",
      "Write Topic tda_results",
      "Write TransactionalID flink_tda_processor-*",
    ],
    tda_analytics: [
      "Read Group analytics_group",
      "Read Topic tda_events",
      "Read Topic tda_results",
      "Write Topic tda_dlq",
    ],
    tda_backend_api: [
      "Read Group tda_backend_api",
      "Read Topic tda_jobs",
      "Read Topic tda_results",
      "Write Topic tda_audit",
      "Write Topic tda_dlq",
      "Write Topic tda_errors",
      "Write Topic tda_events",
      "Write Topic tda_jobs",
      "Write Topic tda_uploads",
    ],
    tda_backup: ["Read Group tda_backup", "Read Topic tda_*", "Write Topic tda_dlq"],
    tda_monitor: [
      "DescribeConfigs Cluster kafka-cluster",
      "DescribeConfigs Topic *",
      "Describe Cluster kafka-cluster",
      "Describe Group *",
      "Describe Topic *",
      "Read Group tda_monitor",
      "Read Topic tda_dlq",
      "Read Topic tda_errors",
      "Write Topic tda_dlq",
    ],
  });
});

test("the API and Flink log in as they always did, and are due for rotation after 90 days", () => {
  const due = loadCatalogue(DECLARATIONS).accounts.flatMap(({ name, mechanism, rotateAfter }) =>
    rotateAfter === undefined ? [] : [[name, mechanism, days(rotateAfter)]],
  );
  expect(due).toEqual([
    ["flink_processor", "SCRAM-SHA-256", 90],
    ["tda_backend_api", "SCRAM-SHA-256", 90],
  ]);
});
