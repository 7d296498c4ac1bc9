/** A password that was changed opens nothing for longer than a session lasts; who has the right one stays. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { SESSION_LIFETIME, sessionLifetime } from "../../../model/broker/broker-security.ts";
import { installConfluentClient, scramConfig } from "../../support/kafka/confluent-client.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";

const TOPIC = "sessions";
const LIFETIME_MS = 2_000;
const LIMITED = sessionLifetime(["client"], { [SESSION_LIFETIME]: String(LIFETIME_MS) });
const SEVERAL_SESSIONS_MS = 3 * LIFETIME_MS;

let broker: JarBroker;
let admin: KafkaAdmin;

beforeAll(installConfluentClient);
afterEach(async () => {
  await admin.close();
  await broker.destroy();
});

async function start(properties: Readonly<Record<string, string>>): Promise<void> {
  broker = await JarBroker.start({ properties });
  admin = await adminOf(broker);
  await admin.createTopics([{ name: TOPIC, partitions: 1, replicationFactor: 1, configs: {} }]);
}

/** Makes `thief` a user, or gives it another password. */
const setPassword = (password: string) =>
  admin.upsertScramCredentials([
    { username: "thief", mechanism: "SCRAM-SHA-512", iterations: 4096, password },
  ]);

/** Writes as `thief`, logged in once; the password is changed meanwhile. */
async function writeWithChangedPassword() {
  await setPassword("the-first-password");
  await admin.createAcls([
    {
      ...{ resourceType: "TOPIC", resourceName: TOPIC, patternType: "LITERAL" },
      ...{ principal: "User:thief", host: "*", operation: "WRITE", permissionType: "ALLOW" },
    },
  ]);
  const config = {
    ...scramConfig(broker.bootstrapServer, "thief", "the-first-password"),
    "message.timeout.ms": "3000",
  };
  const producer = await SteadyProducer.start(config, TOPIC, 20);
  await setPassword("the-second-password");
  await sleep(SEVERAL_SESSIONS_MS);
  return producer.stop();
}

describe("with a limit of sessions", () => {
  it("librdkafka and Kafka's own client stay connected: they log in again by themselves", async () => {
    await start(LIMITED);
    const { username, password } = broker.admin;
    const config = scramConfig(broker.bootstrapServer, username, password);
    const producer = await SteadyProducer.start(config, TOPIC, 50);
    const records = String((50 * SEVERAL_SESSIONS_MS) / 1000);
    const java = await broker.tool("org.apache.kafka.tools.ProducerPerformance", [
      ...["--topic", TOPIC, "--num-records", records, "--throughput", "50"],
      ...["--record-size", "100", "--command-property", "acks=all"],
      ...["--bootstrap-server", broker.bootstrapServer],
      ...["--command-config", await broker.clientConfig()],
    ]);
    const { sent, acknowledged, failures } = await producer.stop();
    expect({ acknowledged, failures }).toEqual({ acknowledged: sent, failures: [] });
    expect(java).toContain(`${records} records sent`);
  });

  it("who has the old password is cut off", async () => {
    await start(LIMITED);
    const { sent, acknowledged, failures } = await writeWithChangedPassword();
    expect(acknowledged).toBeLessThan(sent);
    expect(failures.length).toBe(sent - acknowledged);
  });
});

describe("without a limit of sessions", () => {
  it("the old password writes on for ever", async () => {
    await start({});
    const { sent, acknowledged } = await writeWithChangedPassword();
    expect(acknowledged).toBe(sent);
  });
});
