import { afterAll, beforeAll, expect, it } from "vitest";

import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

/** Holds for every client of the broker, which others use too: hence a rate that nobody reaches. */
const CLIENTS = { type: "client-id" } as const;
const NO_LIMIT = 2 ** 40;
const ANN = { type: "user", name: "quotas.ann" } as const;

const broker = sharedBroker();
let admin: KafkaAdmin;

beforeAll(async () => {
  admin = await adminOf(broker);
});
afterAll(async () => {
  await admin.alterQuotas([{ entity: CLIENTS, set: {}, remove: ["producer_byte_rate"] }]);
  await admin.close();
});

/** Quotas of this file's entities, and no other users' of the broker. */
const ours = async (types: Parameters<KafkaAdmin["describeQuotas"]>[0]) =>
  (await admin.describeQuotas(types)).filter(
    ({ entity: { type, name } }) => type !== "user" || name?.startsWith("quotas."),
  );

it("sets quotas of every entity type, defaults included, and tells each fault", async () => {
  const outcomes = await admin.alterQuotas([
    { entity: ANN, set: { consumer_byte_rate: 1000, request_percentage: 12.5 }, remove: [] },
    { entity: { type: "user" }, set: { consumer_byte_rate: 1.5 }, remove: [] },
    { entity: CLIENTS, set: { producer_byte_rate: NO_LIMIT }, remove: [] },
    { entity: { type: "user", name: "quotas.bob" }, set: { speed: 1 }, remove: [] },
    { entity: { type: "ip", name: "10.0.0.1" }, set: { connection_creation_rate: 9 }, remove: [] },
  ]);
  expect(told(outcomes)).toEqual([
    "ok",
    "REFUSED quota of default user: consumer_byte_rate cannot be a fractional value (INVALID_REQUEST).",
    "ok",
    "REFUSED quota of user quotas.bob: Invalid configuration key speed (INVALID_REQUEST).",
    "ok",
  ]);
  expect(await ours(["user", "client-id", "ip"])).toEqual([
    { entity: ANN, values: { consumer_byte_rate: 1000, request_percentage: 12.5 } },
    { entity: CLIENTS, values: { producer_byte_rate: NO_LIMIT } },
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
  expect(await ours(["user"])).toEqual([{ entity: ANN, values: { consumer_byte_rate: 2000 } }]);
});

it("is seen the same by Kafka's own tool", async () => {
  const described = await broker.tool("kafka.admin.ConfigCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--describe", "--entity-type", "users", "--entity-name", "quotas.ann"],
  ]);
  expect(described).toContain(
    "Quota configs for user-principal 'quotas.ann' are consumer_byte_rate=2000.0",
  );
});
