import { afterAll, beforeAll, expect, test } from "vitest";
import { takeInventory } from "../../cli/cleanup/prune.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { DockerStack } from "../support/docker/docker-stack.ts";

/**
 * What is declared nowhere, planted with Kafka's own tools in a cluster that the embedded engine has put up,
 * and swept by the command that people type. Every cause there is, is in tests/broker/cli/prune.test.ts.
 */

const stack = new DockerStack("sweep", 25_170);
/** Ours by what is asked for; of the topics one is ours by its name. */
const OWNED = ["--owned", "left-over"];

let admin: KafkaAdmin;
let declared: Awaited<ReturnType<typeof inventory>>;
let planted: typeof declared;

const inventory = async () => {
  const { topics, acls, credentials, quotas } = await takeInventory(admin);
  const described = await admin.describeTopics(topics.map(({ name }) => name));
  return { described, acls, credentials, quotas };
};

const nameOf = (topic: (typeof declared)["described"][number]): string =>
  topic && "partitions" in topic ? topic.name : "";

/** Cells of tables without their padding; headings and sentences as they are. */
const lines = (stdout: string): string[] =>
  stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.trim().split(/ {2,}/).join(" | "));

const TOPICS = "org.apache.kafka.tools.TopicCommand";
const ACLS = "org.apache.kafka.tools.AclCommand";
const CONFIGS = "kafka.admin.ConfigCommand";

async function plant(): Promise<void> {
  for (const name of ["transactions.dlq", "left-over", "of-somebody-else"]) {
    await stack.tool(TOPICS, "--create", "--topic", name, "--partitions", "1");
  }
  const right = ["--operation", "Read", "--topic", "user-state"];
  await stack.tool(ACLS, "--add", "--allow-principal", "User:shop-backend", ...right);
  const user = ["--alter", "--entity-type", "users", "--entity-name"];
  const login = "SCRAM-SHA-512=[iterations=4096,password=of-a-test]";
  await stack.tool(CONFIGS, ...user, "left-over", "--add-config", login);
  await stack.tool(
    CONFIGS,
    ...user,
    "schema-registry",
    "--add-config",
    "producer_byte_rate=1048576",
  );
}

beforeAll(async () => {
  const { code, stderr } = await stack.run("start");
  expect(code, stderr).toBe(0);
  admin = await stack.admin();
  declared = await inventory();
});

afterAll(async () => {
  await admin.close();
  await stack.remove();
});

test("in what the engine has put up, everything is declared", async () => {
  const { code, stdout } = await stack.run("prune");
  expect(stdout).toBe("Everything in the cluster is declared.\n");
  expect(code).toBe(0);
});

test("what somebody has left is listed with its cause, and nothing is removed", async () => {
  await plant();
  planted = await inventory();
  const { code, stdout } = await stack.run("prune", ...OWNED);
  expect(lines(stdout)).toEqual([
    "Declared nowhere, and ours:",
    "ACL | User:shop-backend|*|READ|ALLOW|TOPIC|user-state|LITERAL | a run that failed halfway left it, or somebody granted it by hand",
    "credential | left-over|SCRAM-SHA-512 | no account left-over is declared",
    "quota | user schema-registry | its account declares no quota, or does no longer",
    "topic | left-over (1 partition) | no declaration speaks of such a name",
    "topic | transactions.dlq (1 partition) | transactions has no dead letter topic of its own any more",
    "Declared nowhere, and perhaps somebody else's; --owned NAME makes it ours:",
    "topic | of-somebody-else (1 partition) | no declaration speaks of such a name",
    "Nothing was changed. `npx kafka-platform prune --stack sweep --execute` removes the 5 that are ours.",
  ]);
  expect(code).toBe(2);
  const asked = await stack.run("prune", ...OWNED, "--execute");
  expect([asked.code, asked.stderr]).toEqual([
    1,
    "error: Remove the 5 that are ours, 2 of them topics with all their records? " +
      "There is no terminal to ask on: pass --yes.\n",
  ]);
  expect(await inventory()).toEqual(planted);
});

test("with --execute what is ours goes, and nothing that is declared", async () => {
  const { code, stdout } = await stack.run("prune", ...OWNED, "--execute", "--yes");
  expect(code, stdout).toBe(0);
  expect(lines(stdout).filter((line) => line.startsWith("- "))).toHaveLength(5);
  const { described, ...rest } = await inventory();
  const { described: before, ...others } = declared;
  expect(rest).toEqual(others);
  const stays = planted.described.filter((topic) => nameOf(topic) === "of-somebody-else");
  const byName = (topics: typeof described) =>
    topics.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  expect(byName(described)).toEqual(byName([...before, ...stays]));
  // The engine's state agrees: there is nothing to mend.
  expect((await stack.run("start")).stderr).toMatch(/^up sweep: succeeded, \d+ unchanged/m);
  expect((await stack.run("refresh")).stderr).toMatch(/^refresh sweep: succeeded, \d+ unchanged/m);
});
