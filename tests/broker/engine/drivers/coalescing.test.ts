import { afterAll, beforeAll, expect, it } from "vitest";

import type { Properties, ResourceState } from "../../../../engine/drivers/driver.ts";
import { aclDriver } from "../../../../engine/drivers/kafka/acl.ts";
import type { KafkaClient } from "../../../../engine/drivers/kafka/client.ts";
import { kafkaProvider } from "../../../../engine/drivers/kafka/provider.ts";
import { topicDriver } from "../../../../engine/drivers/kafka/topic.ts";
import { created, failureOf, recordingContext } from "../../../support/pulumi/driver-run.ts";
import { JarBroker } from "../../../support/kafka/jar-broker.ts";
import {
  driverClient,
  providerArguments,
  requestsSince,
} from "../../../support/kafka/kafka-clients.ts";

const COUNT = 500;
const numbers = Array.from({ length: COUNT }, (_, i) => i);
const context = recordingContext();

let broker: JarBroker;
let client: KafkaClient;

beforeAll(async () => {
  broker = await JarBroker.start();
  client = await driverClient(broker);
});
afterAll(async () => {
  await kafkaProvider.close(client);
  await broker.destroy();
});

function topic(i: number): Properties {
  return { name: `topic-${i}`, partitions: 1, replicationFactor: 1, config: {} };
}

function acl(i: number): Properties {
  return {
    aclPrincipal: `User:user-${i}`,
    aclHost: "*",
    aclOperation: "Read",
    aclPermissionType: "Allow",
    aclResourceType: "Topic",
    aclResourceName: `topic-${i}`,
  };
}

it("sends what registers together in one request per kind, and watches it with few", async () => {
  const before = new Map(client.admin.requests);
  const topics = await Promise.all(numbers.map((i) => created(topicDriver, client, topic(i))));
  const acls = await Promise.all(numbers.map((i) => created(aclDriver, client, acl(i))));
  const creation = requestsSince(before, client.admin.requests);
  expect(creation).toMatchObject({ CreateTopics: 1, CreateAcls: 1 });
  // What is left is polling until all are visible, with growing pauses.
  expect((creation["Metadata"] ?? 0) + (creation["DescribeAcls"] ?? 0)).toBeLessThan(40);

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
  expect(await client.admin.listTopics()).toEqual([]);
  expect(await client.admin.describeAcls()).toEqual([]);
});

it("fails one bad resource among good ones alone", async () => {
  const before = new Map(client.admin.requests);
  const [first, bad, last] = await Promise.all([
    created(topicDriver, client, topic(1)),
    failureOf(created(topicDriver, client, { ...topic(2), replicationFactor: 2 })),
    created(topicDriver, client, topic(3)),
  ]);
  expect(bad).toMatch(/^topic topic-2: Unable to replicate .* \(INVALID_REPLICATION_FACTOR\)\.$/);
  expect(requestsSince(before, client.admin.requests)).toMatchObject({ CreateTopics: 1 });
  expect([first.id, last.id]).toEqual(["topic-1", "topic-3"]);
  expect(await client.admin.listTopics()).toEqual(["topic-1", "topic-3"]);

  // Handed over unchecked, as only the broker can find it among the good ones.
  const unchecked = { ...acl(9), aclPrincipal: "nobody", resourcePatternTypeFilter: "Literal" };
  const outcomes = await Promise.allSettled([
    created(aclDriver, client, acl(1)),
    aclDriver.create(client, unchecked, context),
    created(aclDriver, client, acl(2)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await client.admin.describeAcls()).map(({ principal }) => principal).sort()).toEqual([
    "User:user-1",
    "User:user-2",
  ]);
});

it("refuses a provider whose user has no rights, before anything is planned or made", async () => {
  await client.admin.upsertScramCredentials([
    { username: "nobody", mechanism: "SCRAM-SHA-512", password: "nobodyspassword" },
  ]);
  const login = { saslUsername: "nobody", saslPassword: "nobodyspassword" };
  const { inputs } = kafkaProvider.check({ ...providerArguments(broker), ...login });
  expect(await failureOf(kafkaProvider.connect(inputs, context))).toMatch(
    /^cluster \S+: user nobody is authenticated but may not describe the cluster\./,
  );
});
