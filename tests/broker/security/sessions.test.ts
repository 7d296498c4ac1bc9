/** A password that was changed opens nothing for longer than a session lasts; who has the right one stays. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, it } from "vitest";
import { SESSION_LIFETIME, sessionLifetime } from "../../../model/broker/broker-security.ts";
import { installConfluentClient, scramConfig } from "../../support/kafka/confluent-client.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import type { Login } from "../../support/kafka/running-broker.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";

const TOPIC = "sessions";
const LIFETIME_MS = 3_000;
const LIMITED = sessionLifetime(["client"], { [SESSION_LIFETIME]: String(LIFETIME_MS) });

let broker: JarBroker;

async function start(properties: Readonly<Record<string, string>>): Promise<void> {
  broker = await JarBroker.start({ properties, users: [] });
  await configs("org.apache.kafka.tools.TopicCommand", "--create", "--topic", TOPIC);
}
afterEach(() => broker.destroy());
beforeAll(installConfluentClient);

const configs = async (tool: string, ...args: readonly string[]): Promise<string> => {
  const login = ["--command-config", await broker.clientConfig()];
  return broker.tool(tool, ["--bootstrap-server", broker.bootstrapServer, ...login, ...args]);
};

/** Makes `thief` a user, or gives it another password. */
const setPassword = (password: string) =>
  configs(
    ...(["kafka.admin.ConfigCommand", "--alter", "--entity-type", "users"] as const),
    ...["--entity-name", "thief", "--add-config", `SCRAM-SHA-512=[password=${password}]`],
  );

/** Writes as `thief`, logged in once; the password is changed meanwhile. */
async function writeWithChangedPassword() {
  const thief: Login = { username: "thief", password: "the-first-password" };
  await setPassword(thief.password);
  const acl = ["--add", "--allow-principal", "User:thief", "--producer", "--topic", TOPIC];
  await configs("org.apache.kafka.tools.AclCommand", ...acl);
  const config = {
    ...scramConfig(broker.bootstrapServer, thief.username, thief.password),
    "message.timeout.ms": "3000",
  };
  const producer = await SteadyProducer.start(config, TOPIC, 20);
  await setPassword("the-second-password");
  await sleep(3 * LIFETIME_MS);
  return producer.stop();
}

it("keeps librdkafka and Kafka's own client connected, who log in again by themselves", async () => {
  await start(LIMITED);
  const { username, password } = broker.admin;
  const config = scramConfig(broker.bootstrapServer, username, password);
  const producer = await SteadyProducer.start(config, TOPIC, 50);
  const seconds = (3 * LIFETIME_MS) / 1000;
  const java = await broker.tool("org.apache.kafka.tools.ProducerPerformance", [
    ...["--topic", TOPIC, "--num-records", String(50 * seconds), "--throughput", "50"],
    ...["--record-size", "100", "--command-property", "acks=all"],
    ...["--bootstrap-server", broker.bootstrapServer],
    ...["--command-config", await broker.clientConfig()],
  ]);
  const { sent, acknowledged, failures } = await producer.stop();
  expect({ acknowledged, failures }).toEqual({ acknowledged: sent, failures: [] });
  expect(java).toContain(`${String(50 * seconds)} records sent`);
});

it("ends the session of who has the old password", async () => {
  await start(LIMITED);
  const { sent, acknowledged, failures } = await writeWithChangedPassword();
  expect(acknowledged).toBeLessThan(sent);
  expect(failures.length).toBe(sent - acknowledged);
});

it("would let the old password write on for ever without a limit", async () => {
  await start({});
  const { sent, acknowledged } = await writeWithChangedPassword();
  expect(acknowledged).toBe(sent);
});
