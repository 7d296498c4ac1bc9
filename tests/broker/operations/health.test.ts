import { afterAll, beforeAll, expect, test } from "vitest";
import { adminOf } from "../../support/kafka/kafka-clients.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { makeOperator, OperatedStack, OPERATOR } from "./operated-stack.ts";

let brokers: JarBroker[];
let stack: OperatedStack;

beforeAll(async () => {
  const first = await JarBroker.start({ heapMb: 160 });
  const joined = [2, 3].map((id) => JarBroker.start({ heapMb: 160, joins: { first, id } }));
  brokers = [first, ...(await Promise.all(joined))];
  stack = new OperatedStack(brokers);
  await makeOperator(first);
  const admin = await adminOf(first);
  const shared = { partitions: 6, replicationFactor: 3 };
  await admin.createTopics([
    { ...shared, name: "orders", configs: { "min.insync.replicas": "2" } },
    { ...shared, name: "lonely", replicationFactor: 1, configs: {} },
  ]);
  await admin.close();
});
afterAll(async () => {
  stack.remove();
  await Promise.all(brokers.map((broker) => broker.destroy()));
});

test("a cluster that is well is said to be, as the operator's account sees it", async () => {
  const { status, firstLine, stdout, stderr } = await stack.run("health");
  expect([status, stderr]).toEqual([0, ""]);
  expect(firstLine).toBe("All is well: 3 brokers, 2 topics, 0 consumer groups.");
  expect(stdout).toContain("controller 1 leads 1");
  expect(stdout).toContain("12 of 2 topics, 0 without leader, 0 below min ISR, 0 under-replicated");
});

test("an account without a right is told of, and nothing is shown as empty", async () => {
  const admin = await adminOf(brokers[0] as JarBroker);
  const nobody = { username: "nobody", password: "n", mechanism: "SCRAM-SHA-512" as const };
  await admin.upsertScramCredentials([{ ...nobody, iterations: 4096 }]);
  await admin.close();
  const blind = new OperatedStack(brokers, { operator: nobody });
  const { status, firstLine, stdout } = await blind.run("health");
  blind.remove();
  expect(status).toBe(1);
  expect(firstLine).toMatch(
    /^Not all can be seen: account nobody has no right to look at quorum, /,
  );
  expect(stdout).not.toContain("0 without leader");
});

test("a wrong password, and a port where nothing listens, are told apart", async () => {
  const wrong = { ...OPERATOR, password: "wrong", mechanism: "SCRAM-SHA-512" };
  const refused = new OperatedStack(brokers, { operator: wrong });
  const login = await refused.run("health");
  refused.remove();
  expect(login.status).toBe(1);
  expect(login.firstLine).toMatch(
    /^Kafka does not answer, so nothing is known of it\. .*kafka-operator/,
  );
  expect(login.stdout).toMatch(/refused|AUTHENTICATION|password/);
  const dead = new OperatedStack(brokers, { bootstrapServers: "127.0.0.1:9" });
  const port = await dead.run("health");
  dead.remove();
  expect(port.status).toBe(1);
  expect(port.firstLine).toContain("127.0.0.1:9");
  expect(port.stdout).toContain("partitions  not known");
});

test("a stack of an earlier version is looked at as its admin, and it is said what brings the account", async () => {
  const earlier = new OperatedStack(brokers, { operator: undefined });
  const { status, stderr } = await earlier.run("health");
  earlier.remove();
  expect(status).toBe(0);
  expect(stderr).toContain("the next `up` brings it");
});

test("a stopped broker of three is named at once, before the metadata knows of it", async () => {
  await brokers[2]?.kill();
  const { status, firstLine, ms } = await stack.run("health");
  expect(status).toBe(2);
  // The metadata goes on naming it for seconds; what it leads alone may or may not be known as lost yet.
  expect(firstLine).toMatch(/broker 3 \(127\.0\.0\.1:\d+\)/);
  expect(ms).toBeLessThan(15_000);
  await brokers[2]?.startAgain();
});

test("controllers without a majority are the first thing said, though metadata says that all is well", async () => {
  await brokers[0]?.kill();
  const survivors = new OperatedStack(brokers.slice(1), {
    admin: { ...brokers[0]?.admin, mechanism: "SCRAM-SHA-512" },
  });
  const { status, firstLine } = await survivors.run("health");
  survivors.remove();
  expect(firstLine).toMatch(/^The controllers have no majority/);
  expect(status).toBe(2);
  await brokers[0]?.startAgain();
});
