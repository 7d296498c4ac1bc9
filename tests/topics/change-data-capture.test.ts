import { expect, test } from "vitest";
import type { Environment } from "../../model/values/environment.ts";
import { inEnvironment, topicSpec } from "../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";
import {
  changeStreams,
  type Selection,
  type Source,
} from "../../model/catalogue/change-streams.ts";

const mine = loadCatalogue(DECLARATIONS).topics.filter(({ owner }) => owner === "data-replication");
const table = (name: string, environment: Environment) => {
  const topic = mine.find((one) => one.name === `client_2.kbe.${name}`);
  if (!topic) throw new Error(`no topic for ${name}`);
  return {
    codec: inEnvironment(topic, environment).producerCodec,
    ...topicSpec(topic, environment),
  };
};

test("one topic for each table, and what the connectors keep in Kafka", () => {
  expect(mine.map(({ name }) => name)).toEqual([
    "client_2.kbe.auth_user",
    "client_2.kbe.busy_acc_greenera",
    "client_2.kbe.django_content_type",
    "client_2.kbe.orders",
    "client_2.kbe.products",
    "client_2.kbe.transactions",
    "client_2.kbe.users",
    "connect-configs",
    "connect-offsets",
    "connect-status",
    "schema-history.client_2",
  ]);
});

test.each([
  ["connect-configs", 1],
  ["connect-offsets", 25],
  ["connect-status", 5],
])(
  "%s is compacted only, in %i partitions everywhere, as a Connect worker insists",
  (name, count) => {
    const topic = mine.find((one) => one.name === name);
    if (!topic) throw new Error(`no topic ${name}`);
    for (const environment of ["dev", "staging", "prod"] as const) {
      const { partitions, config } = topicSpec(topic, environment);
      expect([partitions, config["cleanup.policy"]]).toEqual([count, "compact"]);
      expect(config).not.toHaveProperty("retention.ms");
    }
  },
);

test("the history of a server's schemas is one partition that is never dropped", () => {
  const topic = mine.find(({ name }) => name === "schema-history.client_2");
  expect(topic).toMatchObject({ partitions: 1, cleanup: "delete", retention: -1, guarded: true });
});

test("connectors write, consumers of any configuration read, and neither does the other", () => {
  expect(rightsOf("data-replication")).toEqual({
    "cdc-consumer": ["Read Group cdc_consumer_*", "Read Topic client_2.*"],
    debezium: [
      "DescribeConfigs Topic connect-configs",
      "DescribeConfigs Topic connect-offsets",
      "DescribeConfigs Topic connect-status",
      "Read Group client_2-schemahistory",
      "Read Group connect-cluster",
      "Read Topic connect-configs",
      "Read Topic connect-offsets",
      "Read Topic connect-status",
      "Read Topic schema-history.client_2",
      "Write Topic client_2.*",
      "Write Topic connect-configs",
      "Write Topic connect-offsets",
      "Write Topic connect-status",
      "Write Topic schema-history.client_2",
    ],
  });
});

test.each([
  ["dev", 1, 1, "1", "86400000", "none"],
  ["staging", 1, 2, "1", "604800000", "snappy"],
  ["prod", 3, 3, "2", "2592000000", "zstd"],
] as const)("a table in %s", (environment, partitions, factor, insync, retention, codec) => {
  expect(table("auth_user", environment)).toEqual({
    codec,
    partitions,
    replicationFactor: factor,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": insync,
      "retention.ms": retention,
    },
  });
});

test("a high-volume table has more partitions, less time, and a limit of size", () => {
  expect(table("transactions", "prod")).toEqual({
    codec: "lz4",
    partitions: 6,
    replicationFactor: 3,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "2",
      "retention.bytes": "5368709120",
      "retention.ms": "259200000",
      "segment.bytes": "536870912",
    },
  });
});

test("100,000 changes a day are not a high volume yet", () => {
  expect(table("orders", "prod").partitions).toBe(3);
});

const SOURCES: readonly Source[] = [
  { server: "a", database: "x", tables: { t: { changesPerDay: 24 }, u: { changesPerDay: 0 } } },
  { server: "b", database: "x", tables: { t: { changesPerDay: 24 } } },
];

test.each<[Selection, string[]]>([
  ["all", ["a.x.t", "a.x.u", "b.x.t"]],
  [{ server: "b" }, ["b.x.t"]],
  [{ tables: ["b.x.t", "a.x.u"] }, ["a.x.u", "b.x.t"]],
  [{ tables: [] }, []],
])("selection %j", (selection, names) => {
  expect(Object.keys(changeStreams(SOURCES, selection))).toEqual(names);
});

test("the expected volume is ten times the average hour, and never nothing", () => {
  const streams = changeStreams(SOURCES);
  expect(streams["a.x.t"]?.eventsPerHour).toEqual({ from: 0, to: 10, average: 1 });
  expect(streams["a.x.u"]?.eventsPerHour).toEqual({ from: 0, to: 1, average: 0 });
});

test.each<[readonly Source[], Selection, string]>([
  [SOURCES, { server: "c" }, 'selection: server "c" is no source; is it misspelt?'],
  [SOURCES, { tables: ["a.x.v"] }, 'selection: table "a.x.v" is in no source; is it misspelt?'],
  [[...SOURCES, ...SOURCES.slice(1)], "all", "table b.x.t: listed 2 times; wanted once"],
])("what cannot be selected is a fault", (sources, selection, fault) => {
  expect(() => changeStreams(sources, selection)).toThrow(fault);
});
