import { Consumer } from "@platformatic/kafka";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JarBroker } from "../../support/kafka/jar-broker.ts";
import { clientOptions, WatchedBroker } from "../exporter/watched-broker.ts";
import { makeOperator, OperatedStack } from "./operated-stack.ts";

let broker: JarBroker;
let stack: OperatedStack;
let watched: WatchedBroker;

beforeAll(async () => {
  broker = await JarBroker.start();
  stack = new OperatedStack([broker]);
  await makeOperator(broker);
  watched = await WatchedBroker.connect(broker);
  await watched.topic("orders");
  await watched.records("orders", [1, 2, 3].map((ago) => Date.now() - ago * 60_000).toReversed());
});
afterAll(async () => {
  stack.remove();
  await watched.close();
  await broker.destroy();
});

interface Told {
  readonly groups: readonly {
    readonly group: string;
    readonly type: string;
    readonly members: number;
    readonly lag: number;
    readonly lagSeconds: number;
    readonly movement: string;
  }[];
}

test("no group is no group, said so", async () => {
  const { status, firstLine } = await stack.run("groups");
  expect([status, firstLine]).toEqual([0, "No group."]);
});

test("a group that nobody reads for is told with its lag in records and in seconds, as Kafka's own tool has it", async () => {
  await watched.position("left", "orders", 1);
  await watched.position("done", "orders", 3);
  const { stdout } = await stack.run("groups", "--format", "json");
  const { groups } = JSON.parse(stdout) as Told;
  const left = groups.find(({ group }) => group === "left");
  expect(left).toMatchObject({ type: "classic", members: 0, lag: 2, movement: "nobody reads" });
  // The record at offset 1 is two minutes old.
  expect(left?.lagSeconds).toBeGreaterThan(119);
  expect(left?.lagSeconds).toBeLessThan(180);
  expect(groups.find(({ group }) => group === "done")).toMatchObject({ movement: "caught up" });
  const config = ["--command-config", await broker.clientConfig()];
  const described = await broker.tool(
    "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
    [...["--bootstrap-server", broker.bootstrapServer, "--describe", "--group", "left", ...config]],
  );
  expect(described).toMatch(/left\s+orders\s+0\s+1\s+3\s+2/);
});

test("a group of the newer protocol that has members and does not commit is stuck", async () => {
  await watched.position("slow", "orders", 0);
  const consumer = new Consumer({
    ...clientOptions(broker),
    ...{ groupId: "slow", groupProtocol: "consumer", autocommit: false },
  });
  const stream = await consumer.consume({ topics: ["orders"], mode: "committed" });
  const { status, stdout } = await stack.run("groups", "slow");
  await stream.close();
  await consumer.close(true);
  expect(status).toBe(2);
  expect(stdout.split("\n")[1]).toMatch(/^slow +consumer +Stable +1 +1 +3 .* stuck /);
  expect(stdout).toMatch(/orders +0 +0 +3/);
});

test("only some are shown, and an unknown name gets the nearest one", async () => {
  const lagging = await stack.run("groups", "--only-with-lag");
  expect(lagging.stdout).toContain("left");
  expect(lagging.stdout).not.toContain("done");
  expect((await stack.run("groups", "--pattern", "do*")).stdout).not.toContain("left");
  const unknown = await stack.run("groups", "lefd");
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain('Did you mean "left"?');
});

test("without a right the groups are not known, which is not none", async () => {
  const nobody = { username: "nobody", password: "n", mechanism: "SCRAM-SHA-512" as const };
  await watched.admin.upsertScramCredentials([{ ...nobody, iterations: 4096 }]);
  const blind = new OperatedStack([broker], { operator: nobody });
  const { status, stdout, stderr } = await blind.run("groups");
  blind.remove();
  expect(status).toBe(1);
  expect(stdout).toBe("Which groups there are is not known.\n");
  expect(stderr).toContain("cannot see: groups: no right to see them all.");
});
