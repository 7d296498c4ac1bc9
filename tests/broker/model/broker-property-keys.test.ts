import { expect, test } from "vitest";
import { BROKER_PROPERTY_KEYS } from "../../../model/broker/broker-property-keys.ts";
import { BROKER_SYNONYMS } from "../../../model/topic/broker-synonyms.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";

const broker = sharedBroker();

test("Kafka knows every property that a stack may set", async () => {
  const described = await broker.tool("kafka.admin.ConfigCommand", [
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
    ...["--describe", "--all", "--entity-type", "brokers"],
  ]);
  const known = new Set([...described.matchAll(/^ {2}([a-z0-9.]+)=/gm)].map(([, name]) => name));
  expect(known.size).toBeGreaterThan(200);
  expect(Object.keys(BROKER_PROPERTY_KEYS).filter((name) => !known.has(name))).toEqual([]);
  // And every one of which topics are said to declare their own.
  expect(Object.keys(BROKER_SYNONYMS).filter((name) => !known.has(name))).toEqual([]);
});
