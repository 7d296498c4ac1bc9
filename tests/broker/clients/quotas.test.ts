import { afterAll, beforeAll, expect, it } from "vitest";

import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";

const ANN = { type: "user", name: "ann" } as const;

let broker: JarBroker;
let admin: KafkaAdmin;

beforeAll(async () => {
  broker = await JarBroker.start();
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.close();
  await broker.destroy();
});

it("sets quotas of every entity type, defaults included, and tells each fault", async () => {
  const outcomes = await admin.alterQuotas([
    { entity: ANN, set: { consumer_byte_rate: 1000, request_percentage: 12.5 }, remove: [] },
    { entity: { type: "user" }, set: { consumer_byte_rate: 1.5 }, remove: [] },
    { entity: { type: "client-id" }, set: { producer_byte_rate: 5 }, remove: [] },
    { entity: { type: "user", name: "bob" }, set: { speed: 1 }, remove: [] },
    { entity: { type: "ip", name: "10.0.0.1" }, set: { connection_creation_rate: 9 }, remove: [] },
  ]);
  expect(told(outcomes)).toEqual([
    "ok",
    "REFUSED quota of default user: consumer_byte_rate cannot be a fractional value (INVALID_REQUEST).",
    "ok",
    "REFUSED quota of user bob: Invalid configuration key speed (INVALID_REQUEST).",
    "ok",
  ]);
  expect(await admin.describeQuotas(["user", "client-id", "ip"])).toEqual([
    { entity: ANN, values: { consumer_byte_rate: 1000, request_percentage: 12.5 } },
    { entity: { type: "client-id" }, values: { producer_byte_rate: 5 } },
    { entity: { type: "ip", name: "10.0.0.1" }, values: { connection_creation_rate: 9 } },
  ]);
});

it("changes and removes exactly the keys named; removing an absent one is fine", async () => {
  const change = {
    entity: ANN,
    set: { consumer_byte_rate: 2000 },
    remove: ["request_percentage", "producer_byte_rate"],
  };
  expect(told(await admin.alterQuotas([change]))).toEqual(["ok"]);
  expect(await admin.describeQuotas(["user"])).toEqual([
    { entity: ANN, values: { consumer_byte_rate: 2000 } },
  ]);
});

it("is seen the same by Kafka's own tool", async () => {
  const described = await broker.tool("kafka.admin.ConfigCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--describe", "--entity-type", "users", "--entity-name", "ann"],
  ]);
  expect(described).toContain(
    "Quota configs for user-principal 'ann' are consumer_byte_rate=2000.0",
  );
});
