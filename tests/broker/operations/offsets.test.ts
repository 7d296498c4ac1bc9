import { Admin, Producer } from "@platformatic/kafka";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BrokerLinks } from "../../../clients/kafka/observation/broker-links.ts";
import { committedPositions } from "../../../clients/kafka/group-offsets.ts";
import type { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { applyPlan } from "../../../operations/offsets/apply-plan.ts";
import { lookForReset } from "../../../operations/offsets/look-for-reset.ts";
import { planReset } from "../../../operations/offsets/reset-plan.ts";
import {
  confluent,
  installConfluentClient,
  scramConfig,
} from "../../support/kafka/confluent-client.ts";
import { adminOf, loginOptions, told } from "../../support/kafka/kafka-clients.ts";
import { sharedBroker } from "../../support/kafka/shared-broker.ts";
import { StackOnBroker } from "../../support/project/stack-on-broker.ts";
import { clientOptions } from "../exporter/watched-broker.ts";

const broker = sharedBroker();
const PARTITIONS = 3;
const RECORDS = 10;
const KILL = path.resolve("tests/support/positions/die-at-request.ts");
const DAY_MS = 86_400_000;
const BEGIN = Date.parse("2026-11-01T00:00:00Z");

let admin: KafkaAdmin;
let library: Admin;
let links: BrokerLinks;
let stack: StackOnBroker;

beforeAll(async () => {
  installConfluentClient();
  admin = await adminOf(broker);
  library = new Admin(clientOptions(broker));
  links = new BrokerLinks(loginOptions(broker));
  stack = new StackOnBroker(broker);
});
afterAll(async () => {
  await library.close();
  await links.close();
  await admin.close();
  stack.remove();
});

/** A topic with ten records in each partition, a day apart. */
async function topicOfTenDays(name: string): Promise<void> {
  const configs = { "retention.ms": "-1" };
  const topic = { name, partitions: PARTITIONS, replicationFactor: 1, configs };
  expect(told(await admin.createTopics([topic]))).toEqual(["ok"]);
  const producer = new Producer(clientOptions(broker));
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    for (let n = 0; n < RECORDS; n += 1) {
      const timestamp = BigInt(BEGIN + n * DAY_MS);
      await producer.send({
        messages: [{ topic: name, partition, value: Buffer.from(String(n)), timestamp }],
      });
    }
  }
  await producer.close();
}

/** `RESET_KILLS=all` takes every request, which takes eight minutes; else those around the change, and the first. */
const killedAt = (requests: number): number[] => {
  const all = Array.from({ length: requests }, (_, n) => n + 1);
  return process.env["RESET_KILLS"] === "all" ? all : [1, ...all.slice(-5)];
};

/** Puts a group without members somewhere; -1 leaves a partition without a position. */
async function stand(groupId: string, name: string, offsets: readonly number[]): Promise<void> {
  const partitionOffsets = offsets.flatMap((offset, partition) =>
    offset < 0 ? [] : [{ partition, offset: BigInt(offset) }],
  );
  await library.alterConsumerGroupOffsets({ groupId, topics: [{ name, partitionOffsets }] });
}

/** Where Kafka's own tool says that a group stands: each partition and its offset. */
async function toolSays(group: string): Promise<string[]> {
  const config = await broker.clientConfig();
  const said = await broker.tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", [
    ...["--bootstrap-server", broker.bootstrapServer, "--command-config", config],
    ...["--describe", "--group", group],
  ]);
  return said
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([name]) => name === group)
    .map(([, , partition = "", offset = ""]) => `${partition}:${offset}`)
    .toSorted();
}

const positions = async (group: string) =>
  (await committedPositions(links, group, links.deadline())).map(
    ({ partition, offset }) => `${String(partition)}:${String(offset)}`,
  );

const offsets = (...args: string[]) => stack.run(["offsets", ...args]);

it("goes to every kind of target, and Kafka's own tool sees the same", async () => {
  const topic = "offsets-targets";
  await topicOfTenDays(topic);
  await stand("offsets-model", topic, [2, 5, -1]);
  const seen: Record<string, string[]> = {};
  for (const target of [
    ["--to-earliest"],
    ["--to-latest"],
    ["--to-time", "2026-11-04T12:00:00+02:00"],
    ["--to-time", "2027-01-01T00:00:00Z"],
    ["--to-offset", "999"],
    ["--by", "-3"],
    ["--by", "+2", "--partition", "1"],
    ["--like", "offsets-model"],
  ]) {
    await stand("offsets-moved", topic, [4, 5, 6]);
    const { status, stderr } = await offsets("reset", "offsets-moved", ...target, "--execute");
    expect([target, stderr.replace(/^The old positions are kept in .*\n/, ""), status]).toEqual([
      ...[target, "", 0],
    ]);
    seen[target.join(" ")] = await positions("offsets-moved");
  }
  expect(seen).toEqual({
    "--to-earliest": ["0:0", "1:0", "2:0"],
    "--to-latest": ["0:10", "1:10", "2:10"],
    // The record of the 4th is from midnight: the next one is that of the 5th.
    "--to-time 2026-11-04T12:00:00+02:00": ["0:4", "1:4", "2:4"],
    "--to-time 2027-01-01T00:00:00Z": ["0:10", "1:10", "2:10"],
    "--to-offset 999": ["0:10", "1:10", "2:10"],
    "--by -3": ["0:1", "1:2", "2:3"],
    "--by +2 --partition 1": ["0:4", "1:7", "2:6"],
    "--like offsets-model": ["0:2", "1:5", "2:6"],
  });
  expect(await toolSays("offsets-moved")).toEqual(["0:2", "1:5", "2:6"]);
  // A client that nobody here wrote goes on from there: 8 + 5 + 4 records are left.
  const config = scramConfig(broker.bootstrapServer, broker.admin.username, broker.admin.password);
  const read = await confluent({
    ...{ action: "consume", config, topic, group: "offsets-moved", count: 17 },
  });
  expect(read.values?.toSorted()).toEqual(
    [
      [2, 3, 4, 5, 6, 7, 8, 9],
      [5, 6, 7, 8, 9],
      [6, 7, 8, 9],
    ]
      .flat()
      .map(String)
      .toSorted(),
  );
});

it("shows first, changes nothing, and then does exactly what was shown or nothing", async () => {
  const topic = "offsets-plan";
  await topicOfTenDays(topic);
  await stand("offsets-planned", topic, [4, 10, -1]);
  const plan = await offsets("reset", "offsets-planned", "--to-offset=7");
  expect(plan.stdout.replace(/--config-file=\S+ /, "").replace(/[0-9a-f]{12}/, "ID")).toBe(
    [
      "TOPIC         PARTITION  BEFORE  AFTER  EFFECT",
      "offsets-plan  0          4       7      skips 3 records",
      "offsets-plan  1          10      7      reads 3 records again",
      "offsets-plan  2          none    7      a first position",
      "3 positions change, 3 records skipped, 3 records read again.",
      "Nothing was changed. `npx kafka-platform offsets reset offsets-planned --to-offset=7 --execute --plan ID` does exactly this, or nothing.",
      "",
    ].join("\n"),
  );
  expect(await positions("offsets-planned")).toEqual(["0:4", "1:10"]);
  const [, id = ""] = /--plan ([0-9a-f]{12})/.exec(plan.stdout) ?? [];
  const execute = ["reset", "offsets-planned", "--to-offset=7", "--execute", "--plan", id];
  await stand("offsets-planned", topic, [5, 10, -1]);
  const stale = await offsets(...execute);
  expect(stale.status).toBe(1);
  expect(stale.stderr).toContain(`--plan ${id}: the plan has become another`);
  expect(await positions("offsets-planned")).toEqual(["0:5", "1:10"]);
  await stand("offsets-planned", topic, [4, 10, -1]);
  expect((await offsets(...execute)).status).toBe(0);
  expect(await positions("offsets-planned")).toEqual(["0:7", "1:7", "2:7"]);
  const again = await offsets("reset", "offsets-planned", "--to-offset=7", "--execute");
  expect(again).toMatchObject({
    status: 0,
    stdout: "Nothing changes: group offsets-planned is there already.\n",
  });
});

it("puts back exactly what was there, epochs and the words of clients too, and nothing where nothing was", async () => {
  const topic = "offsets-undo";
  await topicOfTenDays(topic);
  await library.alterConsumerGroupOffsets({
    groupId: "offsets-undone",
    topics: [
      {
        name: topic,
        partitionOffsets: [{ partition: 1, offset: 3n, leaderEpoch: 0, metadata: "said" } as never],
      },
    ],
  });
  const before = await committedPositions(links, "offsets-undone", links.deadline());
  expect((await offsets("reset", "offsets-undone", "--to-latest", "--execute")).status).toBe(0);
  expect(await positions("offsets-undone")).toEqual(["0:10", "1:10", "2:10"]);
  const file = stack.undoFiles().findLast((name) => name.includes("offsets-undone")) ?? "";
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ state: "done" });
  expect((await offsets("undo", file)).stdout).toContain("Nothing was changed.");
  expect(await positions("offsets-undone")).toEqual(["0:10", "1:10", "2:10"]);
  expect((await offsets("undo", file, "--execute")).status).toBe(0);
  expect(await committedPositions(links, "offsets-undone", links.deadline())).toEqual(before);
  expect(await toolSays("offsets-undone")).toContain("1:3");
});

it("does nothing when the group has moved, or the topic is another, since the plan was made", async () => {
  const topic = "offsets-moving";
  await topicOfTenDays(topic);
  await stand("offsets-mover", topic, [4, 4, 4]);
  const scope = { group: "offsets-mover", target: { to: "latest" }, topics: [], partitions: [] };
  const { standing, facts } = await lookForReset(links, scope as never, links.deadline());
  const plan = planReset("offsets-mover", { to: "latest" }, facts);
  const kept: unknown[] = [];
  const apply = () => applyPlan(links, plan, standing, (steps) => kept.push(steps));
  await stand("offsets-mover", topic, [4, 5, 4]);
  await expect(apply()).rejects.toThrow("has moved in partition 1 of offsets-moving (4 -> 5)");
  await stand("offsets-mover", topic, [4, 4, 4]);
  expect(told(await admin.deleteTopics([topic]))).toEqual(["ok"]);
  await topicOfTenDays(topic);
  await stand("offsets-mover", topic, [4, 4, 4]);
  await expect(apply()).rejects.toThrow("Topic offsets-moving was deleted or made anew");
  expect(await positions("offsets-mover")).toEqual(["0:4", "1:4", "2:4"]);
  expect(kept).toEqual([]);
});

it("refuses what it cannot do, by name", async () => {
  await topicOfTenDays("offsets-refusals");
  await stand("offsets-refused", "offsets-refusals", [1, 1, 1]);
  const said = async (...args: string[]) => {
    const { status, stderr } = await offsets(...args);
    expect(status).toBe(1);
    return stderr;
  };
  expect(await said("reset", "offsets-refuse", "--to-earliest")).toContain(
    'Did you mean "offsets-refused"?',
  );
  expect(
    await said("reset", "offsets-refused", "--to-earliest", "--topic", "offsets-refusal"),
  ).toContain('Did you mean "offsets-refusals"?');
  expect(await said("reset", "offsets-refused", "--to-earliest", "--partition", "7")).toContain(
    "has no partition 7: it has 0 to 2",
  );
  expect(await said("reset", "offsets-refused", "--to-earliest", "--to-latest")).toContain(
    "given 2 of them",
  );
  expect(await said("reset", "offsets-refused", "--to-time", "2026-11-04T12:00")).toContain(
    "has no zone. As UTC it is 2026-11-04T12:00:00.000Z; as the time of this machine",
  );
  expect(await positions("offsets-refused")).toEqual(["0:1", "1:1", "2:1"]);
});

it("leaves all or nothing, named by the next run, wherever it is killed", async () => {
  const topic = "offsets-killed";
  await topicOfTenDays(topic);
  const before = ["0:4", "1:4"];
  const after = ["0:10", "1:10", "2:10"];
  const args = ["offsets", "reset", "offsets-dying", "--to-latest", "--execute"];
  await stand("offsets-dying", topic, [4, 4, -1]);
  const whole = await stack.run(args, { preload: KILL });
  const requests = Number(/requests: (\d+)/.exec(whole.stderr)?.[1]);
  expect(requests).toBeGreaterThan(8);
  const first = stack.undoFiles().findLast((name) => name.includes("offsets-dying")) ?? "";
  const ends = new Map<string, number>();
  for (const at of killedAt(requests)) {
    for (const when of ["before", "after"]) {
      expect((await offsets("undo", first, "--execute")).status).toBe(0);
      expect(await positions("offsets-dying")).toEqual(before);
      const environment = { DIE_AT: `${String(at)}:${when}` };
      const files = stack.undoFiles().length;
      const killed = await stack.run(args, { preload: KILL, environment });
      expect([at, when, killed.status]).toEqual([at, when, null]);
      const left = await positions("offsets-dying");
      expect([before, after]).toContainEqual(left);
      const isBegun = stack.undoFiles().length > files;
      const next = await offsets("reset", "offsets-dying", "--to-latest", "--execute");
      expect(next.status).toBe(0);
      expect(await positions("offsets-dying")).toEqual(after);
      const isMade = left.length === after.length;
      // Nothing is written before the file with the old positions is.
      if (isMade) expect(isBegun).toBe(true);
      const words = isMade ? "was made in full" : "was ended before it changed anything";
      if (isBegun) expect(next.stderr).toContain(words);
      const end = `${isBegun ? "kept" : "not begun"}, ${isMade ? "made" : "not made"}`;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  }
  console.log(
    `killed at ${String(killedAt(requests).length)} of ${String(requests)} requests:`,
    Object.fromEntries(ends),
  );
  expect([...ends.keys()].toSorted()).toEqual([
    "kept, made",
    "kept, not made",
    "not begun, not made",
  ]);
}, 900_000);
