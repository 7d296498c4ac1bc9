/** Who is locked out can do nothing from the next request on, on connections that are open already. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lockOut, lockOutEntries } from "../../../cli/access/lock-out.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../../support/kafka/confluent-client.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { SteadyProducer } from "../../support/kafka/steady-producer.ts";

const TOPIC = "locked";
const WRITER = { username: "writer", password: "the-password-that-leaked" };
const OTHER = { username: "other", password: "the-password-of-another" };
const HOW = { release: false, superUsers: ["admin"] };

let broker: JarBroker;
let admin: KafkaAdmin;

beforeAll(async () => {
  installConfluentClient();
  broker = await JarBroker.start({ users: [WRITER, OTHER] });
  admin = await adminOf(broker);
  await admin.createTopics([{ name: TOPIC, partitions: 3, replicationFactor: 1, configs: {} }]);
  await admin.createAcls(
    [WRITER, OTHER].map(({ username }) => ({
      ...{ resourceType: "TOPIC", resourceName: TOPIC, patternType: "LITERAL" },
      ...{ principal: `User:${username}`, host: "*", operation: "WRITE", permissionType: "ALLOW" },
    })),
  );
});
afterAll(async () => {
  await admin.close();
  await broker.destroy();
});

const configOf = ({ username, password }: typeof WRITER) => ({
  ...scramConfig(broker.bootstrapServer, username, password),
  "message.timeout.ms": "4000",
});
const produce = async (login: typeof WRITER) =>
  (await confluent({ action: "produce", config: configOf(login), topic: TOPIC, records: ["a"] }))
    .error;

it("cuts off who is connected, lets others write on, and lets the account in again", async () => {
  const producers = await Promise.all(
    [WRITER, OTHER].map((login) => SteadyProducer.start(configOf(login), TOPIC, 20)),
  );
  await lockOut(admin, WRITER.username, HOW);
  await sleep(3_000);
  const [writer, other] = await Promise.all(producers.map((producer) => producer.stop()));
  expect(writer?.failures).not.toEqual([]);
  expect(other?.failures).toEqual([]);
  expect(await produce(WRITER)).toMatch(/AUTHORIZATION_FAILED/);

  // Twice is as good as once.
  await lockOut(admin, WRITER.username, HOW);
  await lockOut(admin, WRITER.username, { ...HOW, release: true });
  expect(await produce(WRITER)).toBeUndefined();
  const left = await admin.describeAcls();
  expect(left.filter(({ permissionType }) => permissionType === "DENY")).toEqual([]);
}, 120_000);

it("refuses a super user, whom nothing is denied, and a name that nobody logs in as", async () => {
  await expect(lockOut(admin, "admin", HOW)).rejects.toThrow("admin is a super user");
  await expect(lockOut(admin, "writr", HOW)).rejects.toThrow(
    'There is no user "writr" in this cluster. Did you mean "writer"? The users are: admin, other, writer.',
  );
  expect(lockOutEntries("x").every(({ principal }) => principal === "User:x")).toBe(true);
});
