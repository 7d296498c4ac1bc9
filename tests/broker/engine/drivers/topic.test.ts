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
import { JarBroker } from "../../../support/kafka/jar-broker.ts";
import { driverClient } from "../../../support/kafka/kafka-clients.ts";

let broker: JarBroker;
let client: KafkaClient;
const context = recordingContext();

beforeAll(async () => {
  broker = await JarBroker.start();
  client = await driverClient(broker);
});
afterAll(async () => {
  await kafkaProvider.close(client);
  await broker.destroy();
});

function inputs(name: string, more: Properties = {}): Properties {
  return { name, partitions: 1, replicationFactor: 1, ...more };
}

async function updated(old: ResourceState, to: Properties): Promise<ResourceState> {
  const now = checked(topicDriver, to);
  const outputs = await topicDriver.update(client, old, now, context);
  return { id: old.id, inputs: now, outputs };
}

describe("a topic's life", () => {
  it("is created as declared, and read back the same", async () => {
    const declared = inputs("life", { partitions: 2, config: { "retention.ms": "60000" } });
    const state = await created(topicDriver, client, declared);
    expect(state).toEqual({ id: "life", inputs: declared, outputs: declared });
    expect(await topicDriver.read(client, state, context)).toEqual(state);
  });

  it("grows in place, and changes only the configs that differ", async () => {
    const config = { "retention.ms": "60000", "segment.ms": "70000" };
    const state = await created(topicDriver, client, inputs("grows", { config }));
    const byHand = { "max.message.bytes": "2000000" };
    await client.admin.alterTopicConfigs([{ name: "grows", set: byHand, remove: [] }]);

    const now = inputs("grows", { partitions: 3, config: { "retention.ms": "80000" } });
    const state2 = await updated(state, now);
    expect(state2.outputs).toEqual(now);
    // What somebody set by hand survives, and a refresh shows it.
    expect(await topicDriver.read(client, state2, context)).toEqual({
      id: "grows",
      inputs: { ...now, config: { "retention.ms": "80000", ...byHand } },
      outputs: { ...now, config: { "retention.ms": "80000", ...byHand } },
    });
  });

  it("can be repeated after half of an update was done", async () => {
    const state = await created(topicDriver, client, inputs("halfway"));
    await client.admin.createPartitions([{ name: "halfway", partitions: 4 }]);
    const now = inputs("halfway", { partitions: 4, config: { "retention.ms": "60000" } });
    const after = await updated(state, now);
    expect(await topicDriver.read(client, after, context)).toMatchObject({ inputs: now });
  });

  it("ends with delete, which a second delete does not mind, and read tells it is gone", async () => {
    const state = await created(topicDriver, client, inputs("ends"));
    await topicDriver.delete(client, state, context);
    await topicDriver.delete(client, state, context);
    expect(await topicDriver.read(client, state, context)).toBeUndefined();
  });
});

describe("what a refresh shows", () => {
  it("the program's spelling of a value, and no throttle of a running reassignment", async () => {
    const config = { "cleanup.policy": "compact, delete", "retention.ms": "0060000" };
    const state = await created(topicDriver, client, inputs("spelling", { config }));
    const set = { "follower.replication.throttled.replicas": "*" };
    await client.admin.alterTopicConfigs([{ name: "spelling", set, remove: [] }]);
    expect(await topicDriver.read(client, state, context)).toEqual(state);
  });

  it("partitions added by hand", async () => {
    const state = await created(topicDriver, client, inputs("by-hand"));
    await client.admin.createPartitions([{ name: "by-hand", partitions: 5 }]);
    const now = inputs("by-hand", { partitions: 5 });
    expect(await topicDriver.read(client, state, context)).toEqual({
      id: "by-hand",
      inputs: now,
      outputs: now,
    });
  });
});

describe("refusals", () => {
  it("an existing topic, by name and with the way out", async () => {
    await client.admin.createTopics([
      { name: "exists", partitions: 1, replicationFactor: 1, configs: {} },
    ]);
    expect(await failureOf(created(topicDriver, client, inputs("exists")))).toBe(
      "topic exists: Topic 'exists' already exists (TOPIC_ALREADY_EXISTS): import it, or declare another name.",
    );
  });

  it("a config Kafka does not take, in the broker's words", async () => {
    const bad = inputs("bad-config", { config: { "retention.ms": "soon" } });
    expect(await failureOf(created(topicDriver, client, bad))).toBe(
      "topic bad-config: Invalid value soon for configuration retention.ms: Not a number of type LONG (INVALID_CONFIG).",
    );
  });

  it("an update of a topic somebody deleted", async () => {
    const state = await created(topicDriver, client, inputs("deleted"));
    await client.admin.deleteTopics(["deleted"]);
    const update = updated(state, inputs("deleted", { config: { "retention.ms": "1" } }));
    expect(await failureOf(update)).toBe(
      "topic deleted: The topic 'deleted' does not exist (UNKNOWN_TOPIC_OR_PARTITION): it may have been deleted by hand; a refresh finds out.",
    );
  });
});
