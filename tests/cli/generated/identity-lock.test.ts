import { describe, expect, test } from "vitest";
import { keptByStacks, LOCK_FILE, lockText, readLock } from "../../../cli/commands/lock.ts";
import {
  keptInKafka,
  type Lock,
  nextLock,
  outdated,
  unannounced,
} from "../../../cli/generated/identity-lock.ts";
import type { ResourceGoal } from "../../../engine/index.ts";
import { goal, STACK, topic, urnOf } from "../../engine/goals.ts";
import { temporaryDirectory } from "../../engine/temporary-directory.ts";
import { writeFileSync } from "node:fs";
import path from "node:path";

const ACCOUNT = "kafka-platform:access:ServiceAccount";
const USER = "kafka:index/userScramCredential:UserScramCredential";

const account = (name: string, type = ACCOUNT, more: Partial<ResourceGoal> = {}): ResourceGoal =>
  goal(type, name, { custom: false, ...more });
const credential = (
  component: string,
  type = ACCOUNT,
  more: Partial<ResourceGoal> = {},
): ResourceGoal =>
  goal(USER, "shop|SCRAM-SHA-512", {
    parent: urnOf(type, component),
    inputs: { username: "shop", scramMechanism: "SCRAM-SHA-512" },
    ...more,
  });

const SHOP = "credential shop|SCRAM-SHA-512";
const PLACE = `${ACCOUNT}$${USER}::shop|SCRAM-SHA-512`;
const LOCK: Lock = { [SHOP]: [PLACE] };
const OTHER = "kafka-platform:access:Login";

test("a program's identities in Kafka, wherever they are declared", () => {
  const acl = goal("kafka:index/acl:Acl", "whatever", {
    inputs: {
      aclPrincipal: "User:shop",
      aclHost: "*",
      aclOperation: "Read",
      aclPermissionType: "Allow",
      aclResourceType: "Topic",
      aclResourceName: "orders.eu",
      resourcePatternTypeFilter: "Literal",
    },
  });
  const quota = goal("kafka:index/quota:Quota", "entity-default|user", {
    inputs: { entityType: "user" },
  });
  const all = [topic("orders.eu"), account("shop"), credential("shop"), acl, quota];
  expect(keptInKafka(all, STACK)).toEqual([
    { identity: "topic orders.eu", place: "kafka:index/topic:Topic::orders.eu", former: [] },
    { identity: SHOP, place: PLACE, former: [] },
    {
      identity: "acl User:shop|*|Read|Allow|Topic|orders.eu|Literal",
      place: "kafka:index/acl:Acl::whatever",
      former: [],
    },
    { identity: "quota user|", place: "kafka:index/quota:Quota::entity-default|user", former: [] },
  ]);
});

describe("an identity that changes its URN", () => {
  const there = `${OTHER}$${USER}::shop|SCRAM-SHA-512`;

  test("is refused without an alias, with what to do", () => {
    const kept = keptInKafka([account("shop", OTHER), credential("shop", OTHER)], STACK);
    expect(unannounced(LOCK, kept)).toEqual([
      `${SHOP} was ${PLACE} and is now ${there}: the provider would make it under the new name and ` +
        `then take it away under the old one. Spread ...moved("${PLACE}") into its options where it is ` +
        "made (components/kafka/moved.ts), or leave it where it was.",
    ]);
  });

  test.each<[string, ResourceGoal[]]>([
    [
      "its own alias",
      [
        account("shop", OTHER),
        credential("shop", OTHER, {
          aliases: [{ urn: `urn:pulumi:prod::kafka-platform::${PLACE}` }],
        }),
      ],
    ],
    [
      "the alias of its component",
      [
        account("shop", OTHER, { aliases: [{ urn: urnOf(ACCOUNT, "shop") }] }),
        credential("shop", OTHER),
      ],
    ],
  ])("passes with %s, and its old place is remembered", (_, goals) => {
    const kept = keptInKafka(goals, STACK);
    expect(unannounced(LOCK, kept)).toEqual([]);
    expect(outdated(LOCK, kept)).toEqual([`${SHOP} has moved`]);
    const next = nextLock(LOCK, kept);
    expect(next).toEqual({ [SHOP]: [there, PLACE] });
    // Whoever takes the alias away while a stack may still have the old URN is told again.
    const bare = keptInKafka([account("shop", OTHER), credential("shop", OTHER)], STACK);
    expect(unannounced(next, bare)).toHaveLength(1);
    expect(unannounced({ [SHOP]: [there] }, bare)).toEqual([]);
  });

  test("an alias of somewhere else does not help", () => {
    const alias = { urn: urnOf(USER, "other") };
    const kept = keptInKafka([credential("shop", OTHER, { aliases: [alias] })], STACK);
    expect(unannounced(LOCK, kept)).toHaveLength(1);
  });
});

test("what is new or gone is no danger, and makes the lock outdated", () => {
  const kept = keptInKafka([topic("orders")], STACK);
  expect(unannounced(LOCK, kept)).toEqual([]);
  expect(outdated(LOCK, kept)).toEqual([
    `${SHOP} is declared nowhere any more`,
    "topic orders is not in it",
  ]);
  expect(nextLock(LOCK, kept)).toEqual({ "topic orders": ["kafka:index/topic:Topic::orders"] });
});

test("a file that is no lock is refused", () => {
  const file = path.join(temporaryDirectory(), "kafka.lock.json");
  expect(readLock(file)).toEqual({});
  writeFileSync(file, '{ "topic a": [] }');
  expect(() => readLock(file)).toThrow(`${file} is not a lock of identities: restore it from git.`);
});

test("nothing has moved unannounced, and kafka.lock.json is what `npm run lock` writes", async () => {
  const kept = await keptByStacks(new AbortController().signal);
  const lock = readLock(LOCK_FILE);
  expect(unannounced(lock, kept)).toEqual([]);
  expect(outdated(lock, kept), "run `npm run lock`").toEqual([]);
  expect(lockText(nextLock(lock, kept))).toBe(lockText(lock));
}, 120_000);
