import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { WatchedBroker } from "../exporter/watched-broker.ts";
import { makeOperator, OperatedStack } from "./operated-stack.ts";

const [declared, missing] = loadCatalogue(DECLARATIONS).topics.filter(
  ({ retention }) => retention !== undefined,
);
if (!declared || !missing) throw new Error("the catalogue has too few topics with retention");

let broker: JarBroker;
let stack: OperatedStack;
let watched: WatchedBroker;

beforeAll(async () => {
  broker = await JarBroker.start();
  stack = new OperatedStack([broker]);
  await makeOperator(broker);
  watched = await WatchedBroker.connect(broker);
  await watched.topic(declared.name, 2, { "retention.ms": "12345" });
  await watched.topic("stranger");
  await watched.records("stranger", [Date.now(), Date.now(), Date.now()]);
  await watched.position("reader", "stranger", 1);
});
afterAll(async () => {
  stack.remove();
  await watched.close();
  await broker.destroy();
});

test("every topic is told declared, undeclared, missing or Kafka's own", async () => {
  const { status, stdout } = await stack.run("topics", "--format", "json");
  const { topics } = JSON.parse(stdout) as { topics: { name: string; standing: string }[] };
  const standingOf = (wanted: string) => topics.find(({ name }) => name === wanted)?.standing;
  expect(standingOf(declared.name)).toBe("declared");
  expect(standingOf("stranger")).toBe("undeclared");
  expect(standingOf(missing.name)).toBe("missing");
  expect(standingOf("__consumer_offsets")).toBe("internal");
  expect(status).toBe(2);
  const some = await stack.run("topics", "--prefix", "stran");
  expect([some.status, some.stdout.split("\n").length]).toEqual([0, 3]);
});

test("one topic is told with what it is set to, by whom, and who reads it", async () => {
  const one = await stack.run("topics", "stranger");
  expect(one.status).toBe(0);
  expect(one.stdout).toMatch(/^0 +1 +1 +1 +0 +3$/m);
  expect(one.stdout).toMatch(/^reader +2 +\S+ s +0$/m);
  expect(one.stdout).toContain("in a short sample: 0\n");
  const set = await stack.run("topics", declared.name);
  expect(set.stdout).toMatch(/^retention\.ms +12345 +topic +\d+/m);
  const tool = await broker.tool("org.apache.kafka.tools.TopicCommand", [
    ...["--bootstrap-server", broker.bootstrapServer, "--describe", "--topic", declared.name],
    ...["--command-config", await broker.clientConfig()],
  ]);
  expect(tool).toContain("retention.ms=12345");
});

test("an unknown name gets the nearest one", async () => {
  const { status, stderr } = await stack.run("topics", "strangr");
  expect(status).toBe(1);
  expect(stderr).toContain('Did you mean "stranger"?');
});

test("without a right the topics are not known, which is not missing", async () => {
  const nobody = { username: "nobody", password: "n", mechanism: "SCRAM-SHA-512" as const };
  await watched.admin.upsertScramCredentials([{ ...nobody, iterations: 4096 }]);
  const blind = new OperatedStack([broker], { operator: nobody });
  const { status, stdout } = await blind.run("topics");
  blind.remove();
  expect([status, stdout]).toEqual([1, "Which topics there are is not known.\n"]);
});
