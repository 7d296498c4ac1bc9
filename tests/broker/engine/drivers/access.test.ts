import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Properties, ResourceState } from "../../../../engine/drivers/driver.ts";
import { aclDriver } from "../../../../engine/drivers/kafka/acl.ts";
import type { KafkaClient } from "../../../../engine/drivers/kafka/client.ts";
import { kafkaProvider } from "../../../../engine/drivers/kafka/provider.ts";
import { quotaDriver } from "../../../../engine/drivers/kafka/quota.ts";
import { userScramCredentialDriver } from "../../../../engine/drivers/kafka/user-scram-credential.ts";
import { checked, created, recordingContext } from "../../../support/pulumi/driver-run.ts";
import { adminError, adminOf, driverClient } from "../../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../../support/kafka/shared-broker.ts";

const broker = sharedBroker();
let client: KafkaClient;
const context = recordingContext();

beforeAll(async () => {
  client = await driverClient(broker);
});
afterAll(() => kafkaProvider.close(client));

function acl(operation: string, more: Properties = {}): Properties {
  return {
    aclPrincipal: "User:driven.ann",
    aclHost: "*",
    aclOperation: operation,
    aclPermissionType: "Allow",
    aclResourceType: "Topic",
    aclResourceName: "driven.orders",
    ...more,
  };
}

describe("an ACL", () => {
  it("is created with the id an import takes, read, adopted when it exists, and deleted", async () => {
    const state = await created(aclDriver, client, acl("Describe"));
    const outputs = { ...acl("Describe"), resourcePatternTypeFilter: "Literal" };
    const id = "User:driven.ann|*|Describe|Allow|Topic|driven.orders|Literal";
    expect(state).toEqual({ id, inputs: outputs, outputs });
    expect(await created(aclDriver, client, acl("Describe"))).toEqual(state);
    expect(await aclDriver.read(client, state, context)).toEqual(state);

    await aclDriver.delete(client, state, context);
    await aclDriver.delete(client, state, context);
    expect(await aclDriver.read(client, state, context)).toBeUndefined();
  });

  it.each([
    ["Group", "driven.reader", "Read"],
    ["Cluster", "kafka-cluster", "IdempotentWrite"],
    ["TransactionalID", "driven.tx", "Write"],
    ["DelegationToken", "driven.token", "Describe"],
  ])("of resource type %s round-trips", async (aclResourceType, aclResourceName, operation) => {
    const declared = acl(operation, {
      aclResourceType,
      aclResourceName,
      aclPermissionType: "Deny",
    });
    const state = await created(aclDriver, client, declared);
    expect(await aclDriver.read(client, state, context)).toEqual(state);
    await aclDriver.delete(client, state, context);
    const left = await client.admin.describeAcls();
    expect(left.filter(({ principal }) => principal === "User:driven.ann")).toEqual([]);
  });
});

describe("a SCRAM credential", () => {
  const declared = {
    username: "driven.ann",
    scramMechanism: "SCRAM-SHA-512",
    password: "annspassword",
  };
  let state: ResourceState;

  it("is created, with the provider's default of iterations, and logs in", async () => {
    state = await created(userScramCredentialDriver, client, declared);
    const outputs = { ...declared, scramIterations: 4096 };
    expect(state).toEqual({ id: "driven.ann|SCRAM-SHA-512", inputs: outputs, outputs });
    expect(await userScramCredentialDriver.read(client, state, context)).toEqual(state);
    await (await adminOf(broker, declared)).close();
  });

  it("lets its user do what the ACLs say, as Kafka's own clients see it", async () => {
    const group = { aclResourceType: "Group", aclResourceName: "driven.readers" };
    const acls = [acl("Write"), acl("Read"), acl("Read", group)];
    await Promise.all(acls.map((one) => created(aclDriver, client, one)));
    const topic = { name: "driven.orders", partitions: 1, replicationFactor: 1, configs: {} };
    expect(await client.admin.createTopics([topic])).toEqual([undefined]);

    const server = ["--bootstrap-server", broker.bootstrapServer];
    const login = ["--command-config", await broker.clientConfig(declared)];
    const producer = "org.apache.kafka.tools.ConsoleProducer";
    await broker.tool(producer, [...server, ...login, "--topic", "driven.orders"], "one\ntwo\n");
    const consumer = "org.apache.kafka.tools.consumer.ConsoleConsumer";
    const until = ["--from-beginning", "--max-messages", "2", "--timeout-ms", "20000"];
    const from = ["--topic", "driven.orders", "--group", "driven.readers"];
    expect(await broker.tool(consumer, [...server, ...login, ...from, ...until])).toBe(
      "one\ntwo\n",
    );
  });

  it("has its password and iterations changed in place", async () => {
    const now = { ...declared, password: "annsnewpassword", scramIterations: 5000 };
    const inputs = checked(userScramCredentialDriver, now);
    const outputs = await userScramCredentialDriver.update(client, state, inputs, context);
    expect(outputs).toEqual(now);
    await (await adminOf(broker, now)).close();
    expect((await adminError(adminOf(broker, declared))).code).toBe("AUTHENTICATION");
    // A refresh sees iterations, never passwords.
    expect(await userScramCredentialDriver.read(client, state, context)).toMatchObject({
      inputs: { password: "annspassword", scramIterations: 5000 },
      outputs: { password: "annspassword", scramIterations: 5000 },
    });
  });

  it("is deleted without its sibling of the other mechanism, and twice does no harm", async () => {
    const sibling = {
      username: "driven.ann",
      scramMechanism: "SCRAM-SHA-256",
      password: "sibling",
    };
    const other = await created(userScramCredentialDriver, client, sibling);
    await userScramCredentialDriver.delete(client, state, context);
    await userScramCredentialDriver.delete(client, state, context);
    expect(await userScramCredentialDriver.read(client, state, context)).toBeUndefined();
    expect(await userScramCredentialDriver.read(client, other, context)).toEqual(other);
    await (await adminOf(broker, { ...sibling, mechanism: "SCRAM-SHA-256" })).close();
  });
});

describe("a quota", () => {
  const declared = {
    entityType: "user",
    entityName: "driven.ann",
    config: { consumer_byte_rate: 1024 },
  };

  it("is created, read as text, and shows what was changed by hand", async () => {
    const state = await created(quotaDriver, client, declared);
    const outputs = { ...declared, config: { consumer_byte_rate: "1024" } };
    expect(state).toEqual({ id: "driven.ann|user", inputs: outputs, outputs });
    expect(await quotaDriver.read(client, state, context)).toEqual(state);

    const entity = { type: "user", name: "driven.ann" } as const;
    await client.admin.alterQuotas([{ entity, set: { request_percentage: 50 }, remove: [] }]);
    expect(await quotaDriver.read(client, state, context)).toMatchObject({
      inputs: { config: { consumer_byte_rate: "1024", request_percentage: "50" } },
    });
    await client.admin.alterQuotas([{ entity, set: {}, remove: ["request_percentage"] }]);
  });

  it("is still there after a replacement in the order its diff asks for", async () => {
    const old = await created(quotaDriver, client, declared);
    const next = checked(quotaDriver, { ...declared, config: { consumer_byte_rate: 2048 } });
    const diff = quotaDriver.diff(old, next);
    expect(diff).toEqual({ changed: ["config"], replace: ["config"], deleteBeforeReplace: true });
    await quotaDriver.delete(client, old, context);
    const now = await created(quotaDriver, client, next);
    expect(await quotaDriver.read(client, now, context)).toEqual(now);
    await quotaDriver.delete(client, now, context);
    expect(await quotaDriver.read(client, now, context)).toBeUndefined();
  });

  it("without a name is the default of its type", async () => {
    // It holds for every user of the broker, which others use too: hence a rate that nobody reaches.
    const config = { producer_byte_rate: String(2 ** 40) };
    const state = await created(quotaDriver, client, { entityType: "user", config });
    expect(state.id).toBe("entity-default|user");
    expect(await quotaDriver.read(client, state, context)).toEqual(state);
    await quotaDriver.delete(client, state, context);
    const left = await client.admin.describeQuotas(["user"]);
    expect(left.filter(({ entity }) => entity.name === undefined)).toEqual([]);
  });
});
