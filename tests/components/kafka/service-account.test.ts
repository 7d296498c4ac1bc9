import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import {
  ServiceAccount,
  type ServiceAccountArgs,
} from "../../../components/kafka/service-account.ts";
import { userQuota } from "../../../components/kafka/user-quota.ts";
import { derivePassword } from "../../../model/credentials/credentials.ts";
import { ManagedTopic } from "../../../components/kafka/managed-topic.ts";
import { ofType, record } from "../../support/pulumi/recorder.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

const build = (args: Partial<ServiceAccountArgs> = {}) =>
  record(
    () =>
      new ServiceAccount("shop.backend", {
        username: "shop.backend",
        grants: { produces: ["orders"] },
        stackSecret: pulumi.secret(SECRET),
        ...args,
      }),
  );

test("an account is a credential and its compiled ACLs, named by their identity in Kafka", async () => {
  expect(await build()).toEqual([
    {
      type: "kafka-platform:access:ServiceAccount",
      name: "shop.backend",
      inputs: {
        username: "shop.backend",
        grants: { produces: ["orders"] },
        credentials: [{ mechanism: "SCRAM-SHA-512", generation: 1 }],
      },
      secrets: [],
    },
    {
      type: "kafka:index/acl:Acl",
      name: "User:shop.backend|*|Write|Allow|Topic|orders|Literal",
      inputs: {
        aclPrincipal: "User:shop.backend",
        aclHost: "*",
        aclOperation: "Write",
        aclPermissionType: "Allow",
        aclResourceType: "Topic",
        aclResourceName: "orders",
        resourcePatternTypeFilter: "Literal",
      },
      secrets: [],
    },
    {
      type: "kafka:index/userScramCredential:UserScramCredential",
      name: "shop.backend|SCRAM-SHA-512",
      inputs: {
        username: "shop.backend",
        scramMechanism: "SCRAM-SHA-512",
        scramIterations: 8192,
        password: derivePassword(SECRET, "account/shop.backend/SCRAM-SHA-512/1"),
      },
      secrets: ["password"],
    },
  ]);
});

test("while an account is rotated two credentials are live, and clients are given the first", async () => {
  let account: ServiceAccount | undefined;
  const recorded = await record(() => {
    account = new ServiceAccount("a", {
      username: "a",
      grants: {},
      credentials: [
        { mechanism: "SCRAM-SHA-256", generation: 2 },
        { mechanism: "SCRAM-SHA-512", generation: 1 },
      ],
      stackSecret: SECRET,
    });
  });
  expect(recorded.map(({ name }) => name)).toEqual(["a", "a|SCRAM-SHA-256", "a|SCRAM-SHA-512"]);
  expect(account?.login).toMatchObject({ username: "a", mechanism: "SCRAM-SHA-256" });
  expect(account?.credentials).toEqual({
    live: [
      { mechanism: "SCRAM-SHA-256", generation: 2 },
      { mechanism: "SCRAM-SHA-512", generation: 1 },
    ],
    rotateAfter: undefined,
  });
});

test("after a rotation the retired credential stays, with a password that nobody is given", async () => {
  const recorded = await build({
    grants: {},
    credentials: [{ mechanism: "SCRAM-SHA-256", generation: 2, since: "2026-11-21" }],
  });
  const type = "kafka:index/userScramCredential:UserScramCredential";
  const passwords = Object.entries(ofType(recorded, type)).map(([name, { inputs, secrets }]) => [
    name,
    inputs["password"],
    secrets,
  ]);
  const derived = (purpose: string) => derivePassword(SECRET, purpose);
  expect(passwords).toEqual([
    ["shop.backend|SCRAM-SHA-256", derived("account/shop.backend/SCRAM-SHA-256/2"), ["password"]],
    ["shop.backend|SCRAM-SHA-512", derived("retired/shop.backend/SCRAM-SHA-512/1"), ["password"]],
  ]);
});

test("an account without grants has a credential and no ACL", async () => {
  const recorded = await build({ grants: {} });
  expect(recorded.map(({ type }) => type)).toEqual([
    "kafka-platform:access:ServiceAccount",
    "kafka:index/userScramCredential:UserScramCredential",
  ]);
});

test("a managed topic is one topic of the same name", async () => {
  const spec = { partitions: 6, replicationFactor: 3, config: { "retention.ms": "1" } };
  const about = { owner: "team", description: "d", classification: "personal", guarded: true };
  const args = { topicName: "shop.orders", spec, ...about };
  expect(await record(() => new ManagedTopic("shop.orders", args))).toEqual([
    {
      type: "kafka-platform:topic:ManagedTopic",
      name: "shop.orders",
      inputs: args,
      secrets: [],
    },
    {
      type: "kafka:index/topic:Topic",
      name: "shop.orders",
      inputs: { name: "shop.orders", ...spec },
      secrets: [],
    },
  ]);
});

test("a quota of its own is set for the user, and named by its identity", async () => {
  const limits = { producerByteRate: 1_048_576, requestPercentage: 12.5 };
  const recorded = await build({ quota: limits, grants: {} });
  expect(recorded.filter(({ type }) => type === "kafka:index/quota:Quota")).toEqual([
    {
      type: "kafka:index/quota:Quota",
      name: "shop.backend|user",
      inputs: {
        entityType: "user",
        entityName: "shop.backend",
        config: { producer_byte_rate: "1048576", request_percentage: "12.5" },
      },
      secrets: [],
    },
  ]);
});

test("the quota of all the others has no entity name", async () => {
  expect(await record(() => userQuota(undefined, { consumerByteRate: 2_000 }, {}))).toEqual([
    {
      type: "kafka:index/quota:Quota",
      name: "entity-default|user",
      inputs: { entityType: "user", config: { consumer_byte_rate: "2000" } },
      secrets: [],
    },
  ]);
});

test("what groups and addresses add is compiled; what is only recorded makes no resource", async () => {
  const recorded = await build({
    groups: { readers: { consumes: [{ topics: ["t"], group: "g" }] } },
    hosts: ["10.0.0.7"],
    rotateAfter: 86_400_000,
  });
  expect(recorded.map(({ name }) => name)).toEqual([
    "shop.backend",
    "User:shop.backend|10.0.0.7|Read|Allow|Group|g|Literal",
    "User:shop.backend|10.0.0.7|Read|Allow|Topic|t|Literal",
    "User:shop.backend|10.0.0.7|Write|Allow|Topic|orders|Literal",
    "shop.backend|SCRAM-SHA-512",
  ]);
  expect(recorded[0]?.inputs).toMatchObject({ rotateAfter: 86_400_000 });
});
