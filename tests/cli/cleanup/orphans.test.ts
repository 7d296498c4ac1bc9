import { expect, test } from "vitest";
import { recordedIdentities } from "../../../cli/cleanup/kafka-identities.ts";
import { type Inventory, type Ownership, orphans } from "../../../cli/cleanup/orphans.ts";
import type { AclBinding } from "../../../clients/kafka/acls.ts";

const acl = (principal: string, more: Partial<AclBinding> = {}): AclBinding => ({
  ...{ principal, host: "*", operation: "READ", permissionType: "ALLOW" },
  ...{ resourceType: "TOPIC", resourceName: "orders", patternType: "LITERAL" },
  ...more,
});
const DECLARED_ACL = "User:shop|*|READ|ALLOW|TOPIC|orders|LITERAL";
const none = recordedIdentities([]);
const ownership: Ownership = {
  declared: {
    topics: new Set(["orders"]),
    acls: new Set([DECLARED_ACL]),
    credentials: new Set(["shop|SCRAM-SHA-512"]),
    quotas: new Set(["user shop", "client-id reports", "default client-id"]),
  },
  recorded: none,
  accounts: ["shop"],
  formerAccounts: ["former", "admin"],
  prefixes: [{ prefix: "db.*", account: "cdc" }],
  creatorOf: (topic) => (topic.startsWith("sums-") ? "adder" : undefined),
  owned: [],
};
const empty: Inventory = { topics: [], acls: [], credentials: [], quotas: [] };
const claims = (there: Partial<Inventory>, more: Partial<Ownership> = {}) =>
  orphans({ ...empty, ...there }, { ...ownership, ...more }).map(({ name, claim }) => [
    name,
    claim,
  ]);
const topics = (...names: string[]) => ({
  topics: names.map((name) => ({ name, partitions: 1, internal: false })),
});

test("what is declared is no orphan, and neither are Kafka's own topics and the platform's logins", () => {
  const mechanism = "SCRAM-SHA-512" as const;
  const platform = ["admin", "broker", "broker-a", "controller-b", "health", "scram-anchor-csh"];
  expect(
    claims({
      topics: [
        ...topics("orders", "__share_group_state").topics,
        { name: "internal", partitions: 50, internal: true },
      ],
      acls: [acl("User:shop")],
      credentials: ["shop", ...platform].map((username) => ({ username, mechanism })),
      quotas: [
        { entity: { type: "user", name: "shop" }, values: {} },
        { entity: { type: "client-id", name: "reports" }, values: {} },
        { entity: { type: "client-id" }, values: {} },
      ],
    }),
  ).toEqual([]);
});

test("an entry of our accounts is ours unless it denies, one of others is unclaimed, the platform's stays", () => {
  const found = (principal: string, more?: Partial<AclBinding>) =>
    claims({ acls: [acl(principal, { resourceName: "x", ...more })] })[0]?.[1];
  expect(found("User:shop")).toBe("ours");
  expect(found("User:former")).toBe("ours");
  expect(found("User:kafka-ui")).toBe("ours");
  expect(found("User:shop", { permissionType: "DENY" })).toBe("unclaimed");
  expect(found("User:shop2")).toBe("unclaimed");
  expect(found("User:*")).toBe("unclaimed");
  expect(found("Group:shop")).toBe("unclaimed");
  // Rotated, and yet never ours to remove.
  expect(found("User:admin")).toBe("kept");
  expect(found("User:scram-anchor-csh")).toBe("kept");
});

test("a topic is ours by a beginning that declarations speak of; what a client makes itself stays", () => {
  expect(claims(topics("db.old", "sums-store", "orders.dlq", "refunds.dlq", "other"))).toEqual([
    ["db.old", "ours"],
    ["orders.dlq", "ours"],
    ["other", "unclaimed"],
    ["refunds.dlq", "unclaimed"],
    ["sums-store", "kept"],
  ]);
});

test("only a quota of a user can be ours, the default one too", () => {
  const quotas = [
    ...["shop2", "admin", undefined].map((name) => ({
      entity: { type: "user" as const, ...(name === undefined ? {} : { name }) },
      values: {},
    })),
    { entity: { type: "client-id" as const, name: "shop" }, values: {} },
    { entity: { type: "ip" as const }, values: {} },
  ];
  expect(claims({ quotas })).toEqual([
    ["client-id shop", "unclaimed"],
    ["default ip", "unclaimed"],
    ["default user", "ours"],
    ["user admin", "kept"],
    ["user shop2", "unclaimed"],
  ]);
});

test("names that somebody says are ours become ours, but nothing that is kept does", () => {
  const owned = ["other", "shop2*", "sums-*", "admin"];
  const there = {
    ...topics("other", "others", "sums-x"),
    acls: [acl("User:shop22"), acl("User:admin")],
  };
  expect(claims(there, { owned })).toEqual([
    ["User:admin|*|READ|ALLOW|TOPIC|orders|LITERAL", "kept"],
    ["User:shop22|*|READ|ALLOW|TOPIC|orders|LITERAL", "ours"],
    ["other", "ours"],
    ["others", "unclaimed"],
    ["sums-x", "kept"],
  ]);
});

test("what the state still holds is left to the next run, which knows its order", () => {
  const recorded = recordedIdentities([
    { type: "kafka:index/topic:Topic", name: "db.old" },
    { type: "kafka:index/acl:Acl", name: "User:shop|*|Read|Allow|TransactionalID|a|b|Prefixed" },
    { type: "kafka:index/quota:Quota", name: "entity-default|user" },
    { type: "kafka:index/quota:Quota", name: "shop2|user" },
    { type: "kafka:index/quota:Quota", name: "a|b|client-id" },
    { type: "kafka:index/userScramCredential:UserScramCredential", name: "shop|SCRAM-SHA-256" },
    { type: "docker:index/volume:Volume", name: "db.older" },
  ]);
  const there: Inventory = {
    ...topics("db.old", "db.older"),
    acls: [
      acl("User:shop", {
        ...{ resourceType: "TRANSACTIONAL_ID", resourceName: "a|b", patternType: "PREFIXED" },
      }),
    ],
    credentials: [{ username: "shop", mechanism: "SCRAM-SHA-256" }],
    quotas: [
      { entity: { type: "user" }, values: {} },
      { entity: { type: "user", name: "shop2" }, values: {} },
      { entity: { type: "client-id", name: "a|b" }, values: {} },
    ],
  };
  expect(claims(there, { recorded })).toEqual([
    ["User:shop|*|READ|ALLOW|TRANSACTIONAL_ID|a|b|PREFIXED", "kept"],
    ["shop|SCRAM-SHA-256", "kept"],
    ["client-id a|b", "kept"],
    ["default user", "kept"],
    ["user shop2", "kept"],
    ["db.old", "kept"],
    ["db.older", "ours"],
  ]);
});
