import { expect, test } from "vitest";
import { aclIdentity } from "../../../model/access/acl.ts";
import type { Grants } from "../../../model/access/grants.ts";
import { compileGrants } from "../../../model/access/compile-grants.ts";

/** `OPERATION TYPE NAME`, with `*` after the name of a prefix. */
const rights = (grants: Grants) =>
  compileGrants({ username: "x", grants }).map(
    ({ entry: { operation, resourceType, resourceName, patternType } }) =>
      `${operation} ${resourceType} ${resourceName}${patternType === "Prefixed" ? "*" : ""}`,
  );

test("the identity of an entry is every field of it", () => {
  const [compiled] = compileGrants({ username: "shop", grants: { produces: ["orders"] } });
  expect(compiled).toEqual({
    entry: {
      principal: "User:shop",
      host: "*",
      operation: "Write",
      permission: "Allow",
      resourceType: "Topic",
      resourceName: "orders",
      patternType: "Literal",
    },
    because: ["produces orders"],
  });
  expect(compiled && aclIdentity(compiled.entry)).toBe(
    "User:shop|*|Write|Allow|Topic|orders|Literal",
  );
});

test.each<[string, Grants, string[]]>([
  ["an account that declares nothing", {}, []],
  ["a producer, idempotent or not", { produces: ["a"] }, ["Write Topic a"]],
  [
    "a transactional producer",
    { produces: ["a"], transactionalIds: ["shop-*"] },
    ["Write Topic a", "Write TransactionalID shop-*"],
  ],
  ["a consumer", { consumes: [{ topics: ["a"], group: "g" }] }, ["Read Group g", "Read Topic a"]],
  [
    "a consumer that picks its partitions itself",
    { consumes: [{ topics: ["a"] }] },
    ["Read Topic a"],
  ],
  [
    "whoever looks topics up, or makes some",
    { describes: ["a", "b*"], creates: ["tmp.*"] },
    ["Create Topic tmp.*", "Describe Topic a", "Describe Topic b*"],
  ],
  [
    "entries in Kafka's words",
    {
      acls: [
        { allow: ["All"], on: "group:*" },
        { allow: ["Read", "All"], on: "topic:a" },
        { allow: ["Alter"], on: "cluster" },
      ],
    },
    ["All Group *", "All Topic a", "Alter Cluster kafka-cluster"],
  ],
  [
    "a Streams application",
    {
      streams: [{ applicationId: "app", consumes: ["a"], produces: ["b"], exactlyOnce: true }],
    },
    [
      "Create Topic app-*",
      "Delete Topic app-*",
      "Read Group app",
      "Read Topic a",
      "Read Topic app-*",
      "Write Topic app-*",
      "Write Topic b",
      "Write TransactionalID app-*",
    ],
  ],
  [
    "a Streams application without transactions",
    { streams: [{ applicationId: "app", consumes: [], produces: [], exactlyOnce: false }] },
    [
      "Create Topic app-*",
      "Delete Topic app-*",
      "Read Group app",
      "Read Topic app-*",
      "Write Topic app-*",
    ],
  ],
  [
    "a Connect worker with exactly-once sources",
    {
      connect: [
        { group: "c", configTopic: "k", offsetTopic: "o", statusTopic: "s", exactlyOnce: true },
      ],
    },
    [
      "DescribeConfigs Topic k",
      "DescribeConfigs Topic o",
      "DescribeConfigs Topic s",
      "Read Group c",
      "Read Topic k",
      "Read Topic o",
      "Read Topic s",
      "Write Topic k",
      "Write Topic o",
      "Write Topic s",
      "Write TransactionalID c-*",
      "Write TransactionalID connect-cluster-c",
    ],
  ],
  [
    "a schema registry",
    { schemaRegistries: [{ topics: ["_schemas"], group: "registry" }] },
    [
      "DescribeConfigs Topic _schemas",
      "Read Group registry",
      "Read Topic _schemas",
      "Write Topic _schemas",
    ],
  ],
  [
    "a mirror that reads here",
    { mirrorsTo: [{ target: "eu", topics: ["a"], groups: ["g"] }] },
    [
      "Create Topic mm2-offset-syncs.eu.internal",
      "Describe Group g",
      "DescribeConfigs Topic a",
      "Read Topic a",
      "Read Topic mm2-offset-syncs.eu.internal",
      "Write Topic mm2-offset-syncs.eu.internal",
    ],
  ],
  [
    "a read-only operator: five entries",
    { inspects: true },
    [
      "Describe Cluster kafka-cluster",
      "Describe Group *",
      "Describe Topic *",
      "DescribeConfigs Cluster kafka-cluster",
      "DescribeConfigs Topic *",
    ],
  ],
  [
    "a UI, which also reads",
    { observes: true },
    [
      "Describe Cluster kafka-cluster",
      "Describe Group *",
      "DescribeConfigs Cluster kafka-cluster",
      "DescribeConfigs Topic *",
      "Read Topic *",
    ],
  ],
])("exactly these rights are granted to %s", (_, grants, expected) => {
  expect(rights(grants).sort()).toEqual(expected);
});

test("a mirror that writes here owns the topics of its source, and no others", () => {
  const names = rights({ mirrorsFrom: ["us"] }).map((right) => right.split(" ").slice(1).join(" "));
  expect([...new Set(names)].sort()).toEqual([
    "Group us-mm2",
    "Topic heartbeats",
    "Topic mm2-configs.us.internal",
    "Topic mm2-offsets.us.internal",
    "Topic mm2-status.us.internal",
    "Topic us.*",
  ]);
});

test("a literal under a prefix of the same operation is dropped, its reason is not", () => {
  const grants = { produces: ["shop.orders", "shop.*", "shops"] };
  expect(
    compileGrants({ username: "x", grants }).map(({ entry, because }) => [
      entry.resourceName,
      because,
    ]),
  ).toEqual([
    ["shop.", ["produces shop.*", "produces shop.orders"]],
    ["shops", ["produces shops"]],
  ]);
});

test("a grant got twice is one entry that knows both declarations", () => {
  const compiled = compileGrants({
    username: "x",
    grants: { produces: ["a"] },
    groups: { writers: { produces: ["a"] } },
  });
  expect(compiled.map(({ because }) => because)).toEqual([
    ["group writers: produces a", "produces a"],
  ]);
});

test("there is one entry for each address that an account may come from, and none for any other", () => {
  const hosts = ["10.0.0.8", "10.0.0.7", "10.0.0.7"];
  const compiled = compileGrants({ username: "x", hosts, grants: { produces: ["a"] } });
  expect(compiled.map(({ entry }) => entry.host)).toEqual(["10.0.0.7", "10.0.0.8"]);
});

test("what is denied is denied from every address, and each operation by itself", () => {
  const compiled = compileGrants({
    username: "x",
    hosts: ["10.0.0.7"],
    grants: {
      produces: ["orders"],
      acls: [{ deny: ["Delete", "Describe"], on: "topic:*" }],
    },
    groups: { careful: { acls: [{ deny: ["Delete"], on: "topic:*" }] } },
  });
  expect(compiled.map(({ entry, because }) => [aclIdentity(entry), because])).toEqual([
    [
      "User:x|*|Delete|Deny|Topic|*|Literal",
      ["denied on topic:*", "group careful: denied on topic:*"],
    ],
    ["User:x|*|Describe|Deny|Topic|*|Literal", ["denied on topic:*"]],
    ["User:x|10.0.0.7|Write|Allow|Topic|orders|Literal", ["produces orders"]],
  ]);
});
