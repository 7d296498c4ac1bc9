import { afterAll, beforeAll, expect, it } from "vitest";

import type { Properties, ResourceState } from "../../../../engine/drivers/driver.ts";
import { aclDriver } from "../../../../engine/drivers/kafka/acl.ts";
import type { KafkaClient } from "../../../../engine/drivers/kafka/client.ts";
import { kafkaProvider } from "../../../../engine/drivers/kafka/provider.ts";
import { topicDriver } from "../../../../engine/drivers/kafka/topic.ts";
import { created, failureOf, recordingContext } from "../../../support/pulumi/driver-run.ts";
import {
  driverClient,
  providerArguments,
  requestsSince,
} from "../../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../../support/kafka/shared-broker.ts";

const COUNT = 500;
const numbers = Array.from({ length: COUNT }, (_, i) => i);
const context = recordingContext();

const broker = sharedBroker();
let client: KafkaClient;

beforeAll(async () => {
  client = await driverClient(broker);
});
afterAll(() => kafkaProvider.close(client));

function topic(i: number): Properties {
  return { name: `coalesced.topic-${i}`, partitions: 1, replicationFactor: 1, config: {} };
}

function acl(i: number): Properties {
  return {
    aclPrincipal: `User:coalesced.user-${i}`,
    aclHost: "*",
    aclOperation: "Read",
    aclPermissionType: "Allow",
    aclResourceType: "Topic",
    aclResourceName: `coalesced.topic-${i}`,
  };
}

/** Of the topics and entries on the broker, this file's. */
const topicsThere = async () =>
  (await client.admin.listTopics()).filter((name) => name.startsWith("coalesced."));
const principals = async () =>
  (await client.admin.describeAcls())
    .map(({ principal }) => principal)
    .filter((principal) => principal.startsWith("User:coalesced."))
    .sort();

it("sends what registers together in one request per kind, and watches it with few", async () => {
  const before = new Map(client.admin.requests);
  const began = performance.now();
  const topics = await Promise.all(numbers.map((i) => created(topicDriver, client, topic(i))));
  const acls = await Promise.all(numbers.map((i) => created(aclDriver, client, acl(i))));
  const creation = requestsSince(before, client.admin.requests);
  expect(creation).toMatchObject({ CreateTopics: 1, CreateAcls: 1 });
  // What is left is polling until all are visible, with pauses that grow to a quarter of a second.
  const polls = (creation["Metadata"] ?? 0) + (creation["DescribeAcls"] ?? 0);
  expect(polls).toBeLessThan(20 + (performance.now() - began) / 250);

  const reading = new Map(client.admin.requests);
  const read = (state: ResourceState) => topicDriver.read(client, state, context);
  expect(await Promise.all(topics.map(read))).toEqual(topics);
  expect(await Promise.all(acls.map((state) => aclDriver.read(client, state, context)))).toEqual(
    acls,
  );
  expect(requestsSince(reading, client.admin.requests)).toEqual({
    Metadata: 1,
    DescribeConfigs: 1,
    DescribeAcls: 1,
  });

  const deleting = new Map(client.admin.requests);
  await Promise.all(topics.map((state) => topicDriver.delete(client, state, context)));
  await Promise.all(acls.map((state) => aclDriver.delete(client, state, context)));
  expect(requestsSince(deleting, client.admin.requests)).toMatchObject({
    DeleteTopics: 1,
    DeleteAcls: 1,
  });
  expect(await topicsThere()).toEqual([]);
  expect(await principals()).toEqual([]);
});

it("fails one bad resource among good ones alone", async () => {
  const before = new Map(client.admin.requests);
  const [first, bad, last] = await Promise.all([
    created(topicDriver, client, topic(1)),
    failureOf(created(topicDriver, client, { ...topic(2), replicationFactor: 2 })),
    created(topicDriver, client, topic(3)),
  ]);
  expect(bad).toMatch(
    /^topic coalesced\.topic-2: Unable to replicate .* \(INVALID_REPLICATION_FACTOR\)\.$/,
  );
  expect(requestsSince(before, client.admin.requests)).toMatchObject({ CreateTopics: 1 });
  expect([first.id, last.id]).toEqual(["coalesced.topic-1", "coalesced.topic-3"]);
  expect(await topicsThere()).toEqual(["coalesced.topic-1", "coalesced.topic-3"]);

  // Handed over unchecked, as only the broker can find it among the good ones.
  const unchecked = { ...acl(9), aclPrincipal: "nobody", resourcePatternTypeFilter: "Literal" };
  const outcomes = await Promise.allSettled([
    created(aclDriver, client, acl(1)),
    aclDriver.create(client, unchecked, context),
    created(aclDriver, client, acl(2)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await principals()).toEqual(["User:coalesced.user-1", "User:coalesced.user-2"]);
});

it("refuses a provider whose user has no rights, before anything is planned or made", async () => {
  await client.admin.upsertScramCredentials([
    { username: "coalesced.nobody", mechanism: "SCRAM-SHA-512", password: "nobodyspassword" },
  ]);
  const login = { saslUsername: "coalesced.nobody", saslPassword: "nobodyspassword" };
  const { inputs } = kafkaProvider.check({ ...providerArguments(broker), ...login });
  expect(await failureOf(kafkaProvider.connect(inputs, context))).toMatch(
    /^cluster \S+: user coalesced\.nobody is authenticated but may not describe the cluster\./,
  );
});
