import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Properties, ResourceState } from "../../../../engine/drivers/driver.ts";
import type { KafkaClient } from "../../../../engine/drivers/kafka/client.ts";
import { kafkaProvider } from "../../../../engine/drivers/kafka/provider.ts";
import { topicDriver } from "../../../../engine/drivers/kafka/topic.ts";
import {
  checked,
  created,
  failureOf,
  recordingContext,
} from "../../../support/pulumi/driver-run.ts";
import { driverClient } from "../../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../../support/kafka/shared-broker.ts";

let client: KafkaClient;
const context = recordingContext();

beforeAll(async () => {
  client = await driverClient(sharedBroker());
});
afterAll(() => kafkaProvider.close(client));

function inputs(name: string, more: Properties = {}): Properties {
  return { name, partitions: 1, replicationFactor: 1, ...more };
}

async function updated(old: ResourceState, to: Properties): Promise<ResourceState> {
  const now = checked(topicDriver, to);
  const outputs = await topicDriver.update(client, old, now, context);
  return { id: old.id, inputs: now, outputs };
}

describe("a topic", () => {
  it("is created as declared, and read back the same", async () => {
    const declared = inputs("driven.life", { partitions: 2, config: { "retention.ms": "60000" } });
    const state = await created(topicDriver, client, declared);
    expect(state).toEqual({ id: "driven.life", inputs: declared, outputs: declared });
    expect(await topicDriver.read(client, state, context)).toEqual(state);
  });

  it("grows in place, and changes only the configs that differ", async () => {
    const config = { "retention.ms": "60000", "segment.ms": "70000" };
    const state = await created(topicDriver, client, inputs("driven.grows", { config }));
    const byHand = { "max.message.bytes": "2000000" };
    await client.admin.alterTopicConfigs([{ name: "driven.grows", set: byHand, remove: [] }]);

    const now = inputs("driven.grows", { partitions: 3, config: { "retention.ms": "80000" } });
    const state2 = await updated(state, now);
    expect(state2.outputs).toEqual(now);
    // What somebody set by hand survives, and a refresh shows it.
    expect(await topicDriver.read(client, state2, context)).toEqual({
      id: "driven.grows",
      inputs: { ...now, config: { "retention.ms": "80000", ...byHand } },
      outputs: { ...now, config: { "retention.ms": "80000", ...byHand } },
    });
  });

  it("can be repeated after half of an update was done", async () => {
    const state = await created(topicDriver, client, inputs("driven.halfway"));
    await client.admin.createPartitions([{ name: "driven.halfway", partitions: 4 }]);
    const now = inputs("driven.halfway", { partitions: 4, config: { "retention.ms": "60000" } });
    const after = await updated(state, now);
    expect(await topicDriver.read(client, after, context)).toMatchObject({ inputs: now });
  });

  it("is deleted, and read says that it is gone; a second delete does no harm", async () => {
    const state = await created(topicDriver, client, inputs("driven.ends"));
    await topicDriver.delete(client, state, context);
    await topicDriver.delete(client, state, context);
    expect(await topicDriver.read(client, state, context)).toBeUndefined();
  });
});

describe("a refresh shows", () => {
  it("the program's spelling of a value, and no throttle of a running reassignment", async () => {
    const config = { "cleanup.policy": "compact, delete", "retention.ms": "0060000" };
    const state = await created(topicDriver, client, inputs("driven.spelling", { config }));
    const set = { "follower.replication.throttled.replicas": "*" };
    await client.admin.alterTopicConfigs([{ name: "driven.spelling", set, remove: [] }]);
    expect(await topicDriver.read(client, state, context)).toEqual(state);
  });

  it("partitions added by hand", async () => {
    const state = await created(topicDriver, client, inputs("driven.by-hand"));
    await client.admin.createPartitions([{ name: "driven.by-hand", partitions: 5 }]);
    const now = inputs("driven.by-hand", { partitions: 5 });
    expect(await topicDriver.read(client, state, context)).toEqual({
      id: "driven.by-hand",
      inputs: now,
      outputs: now,
    });
  });
});

describe("the driver refuses", () => {
  it("an existing topic, by name and with the way out", async () => {
    await client.admin.createTopics([
      { name: "driven.exists", partitions: 1, replicationFactor: 1, configs: {} },
    ]);
    expect(await failureOf(created(topicDriver, client, inputs("driven.exists")))).toBe(
      "topic driven.exists: Topic 'driven.exists' already exists (TOPIC_ALREADY_EXISTS): import it, or declare another name.",
    );
  });

  it("a config that Kafka does not take, in the broker's words", async () => {
    const bad = inputs("driven.bad-config", { config: { "retention.ms": "soon" } });
    expect(await failureOf(created(topicDriver, client, bad))).toBe(
      "topic driven.bad-config: Invalid value soon for configuration retention.ms: Not a number of type LONG (INVALID_CONFIG).",
    );
  });

  it("an update of a topic that somebody has deleted", async () => {
    const state = await created(topicDriver, client, inputs("driven.deleted"));
    await client.admin.deleteTopics(["driven.deleted"]);
    const update = updated(state, inputs("driven.deleted", { config: { "retention.ms": "1" } }));
    expect(await failureOf(update)).toBe(
      "topic driven.deleted: The topic 'driven.deleted' does not exist (UNKNOWN_TOPIC_OR_PARTITION): it may have been deleted by hand; a refresh finds out.",
    );
  });
});
