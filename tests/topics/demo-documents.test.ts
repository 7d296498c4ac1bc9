import { expect, test } from "vitest";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { inEnvironment, topicSpec } from "../../model/topic/topic-spec.ts";
import { ENVIRONMENTS } from "../../model/values/environment.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "./demo-rights.ts";

/**
 * The figures of the five documents that the catalogue was written from. Where they give two, that of the
 * environment counts. `=` is the figure to the left, `any` what they leave open.
 */

type Columns = readonly [dev: string | number, staging: string | number, prod: string | number];
interface Figures {
  readonly partitions: Columns;
  /** Days; `for ever`, or `compacted`: by key, and never by age. */
  readonly kept: Columns;
  readonly codec: Columns;
  /** Largest record batch in KiB. @default 1024 */
  readonly largest?: number;
  /** What records are keyed by. */
  readonly key?: string;
  /** Settings of Kafka in prod besides. */
  readonly config?: Readonly<Record<string, string>>;
}

const everywhere = (value: string | number): Columns => [value, "=", "="];
const row = (
  partitions: number,
  kept: number | string,
  codec: string,
  more: Pick<Figures, "largest" | "key" | "config"> = {},
): Figures => ({
  ...{ partitions: everywhere(partitions), kept: everywhere(kept), codec: everywhere(codec) },
  ...more,
});

const TABLE: Figures = {
  partitions: [1, 1, 3],
  kept: [1, 7, 30],
  codec: ["none", "snappy", "zstd"],
};
const STREAM: Figures = {
  partitions: [3, 6, 6],
  kept: [7, 7, 30],
  codec: ["gzip", "gzip", "lz4"],
  config: {
    "retention.bytes": "1073741824000",
    "segment.ms": "86400000",
    "unclean.leader.election.enable": "false",
  },
};
const JOB: Pick<Figures, "kept" | "codec"> = { kept: [7, 14, 30], codec: everywhere("any") };

const FIGURES: Readonly<Record<string, Figures>> = {
  // Change data capture: a topic for each table.
  "client_2.kbe.auth_user": TABLE,
  "client_2.kbe.busy_acc_greenera": TABLE,
  "client_2.kbe.django_content_type": TABLE,
  "client_2.kbe.users": TABLE,
  "client_2.kbe.orders": TABLE,
  "client_2.kbe.products": TABLE,
  "client_2.kbe.transactions": row(6, 3, "lz4", {
    config: { "retention.bytes": "5368709120", "segment.bytes": "536870912" },
  }),
  // Streaming analytics.
  "analytics-events": STREAM,
  "streaming-metrics": STREAM,
  "streaming-alerts": STREAM,
  "ml-predictions": STREAM,
  // The shop.
  transactions: row(6, 7, "lz4", { key: "user_id" }),
  "user-events": row(12, 3, "lz4", { largest: 512, key: "session_id" }),
  "product-updates": row(3, "compacted", "gzip", {
    ...{ largest: 2048, key: "product_id" },
    config: { "delete.retention.ms": "2592000000" },
  }),
  "fraud-alerts": row(2, 90, "gzip", { key: "user_id" }),
  "analytics-results": row(4, 14, "gzip", { largest: 10_240, key: "metric_type" }),
  // The TDA platform.
  tda_jobs: {
    ...{ partitions: [3, 12, 12], kept: [3, 7, 7], codec: everywhere("any"), key: "job_id" },
  },
  tda_results: { partitions: everywhere(12), ...JOB, largest: 10_240, key: "job_id" },
  tda_events: { partitions: everywhere(3), ...JOB },
  tda_uploads: { partitions: everywhere(6), ...JOB },
  tda_errors: { partitions: everywhere("any"), ...JOB },
  // The game platform.
  "test-topic": row(3, 7, "any"),
  "chat-messages": row(6, 7, "lz4"),
  "user-state": row(3, "compacted", "any", { config: { "min.cleanable.dirty.ratio": "0.01" } }),
  // What Kafka Connect, Debezium and the schema registry insist on for their own topics.
  "connect-configs": row(1, "compacted", "any"),
  "connect-offsets": row(25, "compacted", "any"),
  "connect-status": row(5, "compacted", "any"),
  "schema-history.client_2": row(1, "for ever", "any"),
  _schemas: row(1, "compacted", "any"),
};

const COPIES = { dev: 1, staging: 2, prod: 3 } as const;
const IN_SYNC = { dev: "1", staging: "1", prod: "2" } as const;

const { topics, accounts } = loadCatalogue(DECLARATIONS);
const DAY = 86_400_000;

function kept(config: Readonly<Record<string, string>>): string | number {
  if (config["cleanup.policy"] === "compact") return "compacted";
  return config["retention.ms"] === "-1" ? "for ever" : Number(config["retention.ms"]) / DAY;
}

/** The figure of an environment. */
function figure(columns: Columns, at: number): string | number | undefined {
  const value = columns[at];
  return value === "=" ? figure(columns, at - 1) : value;
}

test.for(Object.entries(FIGURES))("topic %s has the figures of its document", ([name, figures]) => {
  const topic = topics.find((one) => one.name === name);
  if (!topic) throw new Error(`topic ${name} is not declared`);
  ENVIRONMENTS.forEach((environment, at) => {
    const { partitions, replicationFactor, config } = topicSpec(topic, environment);
    const codec = inEnvironment(topic, environment).producerCodec;
    const open = (columns: Columns, value: string | number) =>
      figure(columns, at) === "any" ? "any" : value;
    expect({
      partitions: open(figures.partitions, partitions),
      kept: open(figures.kept, kept(config)),
      codec: open(figures.codec, codec),
      largest: Number(config["max.message.bytes"]) / 1024,
      copies: replicationFactor,
      inSync: config["min.insync.replicas"],
    }).toEqual({
      partitions: figure(figures.partitions, at),
      kept: figure(figures.kept, at),
      codec: figure(figures.codec, at),
      largest: figures.largest ?? 1024,
      copies: COPIES[environment],
      inSync: IN_SYNC[environment],
    });
    if (environment === "prod") expect(config).toMatchObject(figures.config ?? {});
  });
  if (figures.key !== undefined) expect(topic.key).toBe(figures.key);
});

test("every declared topic is in the table, but those for dead letters and the audit", () => {
  const others = topics.map(({ name }) => name).filter((name) => !(name in FIGURES));
  expect(others.filter((name) => !/dlq$/.test(name))).toEqual(["tda_audit"]);
});

test("the topics of streaming analytics and of the TDA platform have dead letter topics", () => {
  for (const topic of topics.filter(({ owner }) => owner === "streaming-analytics")) {
    if (topic.name.endsWith(".dlq")) continue;
    expect(topic.deadLetter).toBe(`${topic.name}.dlq`);
  }
  const failing = topics.filter(({ deadLetter }) => deadLetter === "tda_dlq");
  expect(failing.map(({ name }) => name)).toEqual([
    ...["tda_errors", "tda_events", "tda_jobs", "tda_results", "tda_uploads"],
  ]);
  const largest = Math.max(...failing.map(({ maxMessageSize }) => maxMessageSize));
  const deadLetters = topics.find(({ name }) => name === "tda_dlq");
  expect(deadLetters?.maxMessageSize).toBeGreaterThan(largest);
});

test("the records of TDA have the schemas that the document names, compatible with those before", () => {
  const schemas = topics.flatMap(({ name, schema }) => (schema ? [[name, schema]] : []));
  expect(Object.fromEntries(schemas)).toMatchObject({
    tda_jobs: { name: "tda_job_event_v1", compatibility: "BACKWARD" },
  });
});

test.for<[account: string, owner: string, ...rights: string[]]>([
  ["tda_backend_api", "tda-platform", "Write Topic tda_jobs"],
  ["flink_processor", "tda-platform", "Read Topic tda_jobs", "Read Group flink_tda_processor"],
  ["tda_analytics", "tda-platform", "Read Topic tda_results", "Read Group analytics_group"],
  ["spark-streaming", "e-commerce-analytics", "Read Topic transactions", "Read Topic user-events"],
  ["example-producer", "game-platform", "Write Topic test-topic"],
  ["example-consumer", "game-platform", "Read Topic test-topic"],
  ["example-consumer", "game-platform", "Read Group ft-transcendence-consumer"],
  ["cdc-consumer", "data-replication", "Read Topic client_2.*", "Read Group cdc_consumer_*"],
  ["debezium", "data-replication", "Write Topic client_2.*"],
])("account %s of %s may do what its document says", ([account, owner, ...rights]) => {
  expect(rightsOf(owner)[account]).toEqual(expect.arrayContaining(rights));
});

test("the API and Flink log in by SCRAM-SHA-256, and are due for rotation after 90 days", () => {
  const due = accounts.flatMap(({ name, mechanism, rotateAfter }) =>
    rotateAfter === undefined ? [] : [[name, mechanism, rotateAfter / DAY]],
  );
  expect(due).toEqual([
    ["flink_processor", "SCRAM-SHA-256", 90],
    ["tda_backend_api", "SCRAM-SHA-256", 90],
  ]);
});

test.for([
  ["cdc-consumer", "data-replication"],
  ["shop-dashboards", "e-commerce-analytics"],
  ["example-consumer", "game-platform"],
] as const)("account %s of %s only reads", ([account, owner]) => {
  const rights = rightsOf(owner)[account] ?? [];
  expect(rights.length).toBeGreaterThan(0);
  expect(rights.filter((right) => !right.startsWith("Read "))).toEqual([]);
});
