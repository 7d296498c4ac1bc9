import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeInventory } from "../../cli/cleanup/prune.ts";
import { ROOT_STACK_TYPE } from "../../engine/index.ts";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { DockerStack } from "../support/docker/docker-stack.ts";

/**
 * A stack with protection on a running broker: `npm start` refuses what nobody has approved, and the broker
 * is as it was. Every guarded change is in tests/program/bad-changes/guarded; here is a real cluster to ask.
 */

const PROTECTED = { "kafka-platform:protection": true };
const stack = new DockerStack("guarded", 25_160, PROTECTED);
const CATALOGUE = "topics/e-commerce.ts";

let admin: KafkaAdmin;
let declared: string;

beforeAll(async () => {
  const { code, stderr } = await stack.run("start");
  expect(code, stderr).toBe(0);
  admin = await stack.admin();
  declared = readFileSync(path.join(stack.checkout.folder, CATALOGUE), "utf8");
});

afterAll(async () => {
  await admin.close();
  // What is protected is not destroyed either.
  stack.checkout.edit("Pulumi.guarded.yaml", (text) =>
    text.replace("protection: true", "protection: false"),
  );
  await stack.run("start");
  await stack.remove();
});

/**
 * Everything in Kafka, and everything that the engine has recorded. Not the outputs of the stack: they are
 * the program's, which says them before what it declares no longer is deleted.
 */
async function everything() {
  const { topics, acls, credentials, quotas } = await takeInventory(admin);
  const described = await admin.describeTopics(topics.map(({ name }) => name));
  const { resources, pendingDeletes, pending } = await stack.state();
  const recorded = [...resources.values()].filter(({ type }) => type !== ROOT_STACK_TYPE);
  return { described, acls, credentials, quotas, recorded, pendingDeletes, pending };
}

const without = (account: string) => (text: string) =>
  text.replace(new RegExp(`^ {4}"${account}": \\{[\\s\\S]*?\\n {4}\\},\\n`, "m"), "");

const REFUSED: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  [
    "more partitions",
    (text) => text.replace("partitions: 12,", "partitions: 24,"),
    [
      "topic user-events is not changed",
      'approve: [{ change: "partition-growth", reason, by, until }] in the declaration of the topic',
      "The cluster was asked: it holds at most 0 records, 0 B on the brokers' disks, and has no live consumer group.",
    ],
  ],
  [
    "fewer partitions",
    (text) => text.replace("partitions: 12,", "partitions: 6,"),
    ["topic user-events is not changed", 'approve: [{ change: "partition-decrease"'],
  ],
  [
    "a shorter retention",
    (text) => text.replace('retention: "90d"', 'retention: "30d"'),
    ["topic fraud-alerts is not changed", 'approve: [{ change: "retention-cut"'],
  ],
  [
    "less access",
    (text) => text.replace(/,? ?"fraud-alerts"(?!:)/, ""),
    ["is not changed", 'approve: [{ change: "access-removal"', "on Topic fraud-alerts"],
  ],
  [
    "an account that goes",
    without("spark-streaming"),
    [
      "error: kafka:UserScramCredential spark-streaming|SCRAM-SHA-512: it is protected",
      "`retire: { reason, by, until }` in the declaration",
    ],
  ],
  [
    "a topic that goes",
    (text) =>
      text
        .replace(/^ {4}"fraud-alerts": event\(\{[\s\S]*?\n {4}\}\),\n/m, "")
        .replaceAll(/,? ?"fraud-alerts"(?!:)/g, ""),
    ["is not changed", 'approve: [{ change: "access-removal"'],
  ],
];

test.for(REFUSED)(
  "%s that nobody has approved is refused, and nothing changes",
  async ([, change, words]) => {
    const before = await everything();
    stack.checkout.edit(CATALOGUE, () => change(declared));
    try {
      const { code, stderr } = await stack.run("start");
      expect(code, stderr).toBe(1);
      for (const word of words) expect(stderr).toContain(word);
      expect(await everything()).toEqual(before);
    } finally {
      stack.checkout.edit(CATALOGUE, () => declared);
    }
  },
);

test("what somebody approves is done, and nothing else has changed", async () => {
  expect((await stack.run("start")).stderr).toMatch(/^up guarded: succeeded, \d+ unchanged/m);
  const approve =
    'approve: [{ change: "partition-growth", reason: "twice the load", by: "shop", until: "2099-12-31" }],';
  stack.checkout.edit(CATALOGUE, (text) =>
    text.replace("partitions: 12,", `partitions: 24,\n      ${approve}`),
  );
  const { code, stderr } = await stack.run("start");
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("partition-growth of topic user-events was approved by shop");
  const [topic] = await admin.describeTopics(["user-events"]);
  expect(topic).toMatchObject({ partitions: 24 });
});
