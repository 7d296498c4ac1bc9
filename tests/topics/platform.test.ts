import { expect, test } from "vitest";
import { topicSpec } from "../../model/topic/topic-spec.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "../support/access/account-rights.ts";

test("_schemas is one compacted partition, as a schema registry insists, and must never be lost", () => {
  const [schemas, ...more] = loadCatalogue(DECLARATIONS).topics.filter(
    ({ owner }) => owner === "platform",
  );
  if (!schemas) throw new Error("no topic _schemas");
  expect(more).toEqual([]);
  expect(schemas).toMatchObject({ name: "_schemas", guarded: true });
  expect(topicSpec(schemas, "prod")).toEqual({
    partitions: 1,
    replicationFactor: 3,
    config: {
      "cleanup.policy": "compact",
      "compression.type": "producer",
      "delete.retention.ms": "604800000",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "2",
    },
  });
});

test("only the registry uses it", () => {
  expect(rightsOf("platform")).toEqual({
    "schema-registry": [
      "DescribeConfigs Topic _schemas",
      "Read Group schema-registry",
      "Read Topic _schemas",
      "Write Topic _schemas",
    ],
  });
});
