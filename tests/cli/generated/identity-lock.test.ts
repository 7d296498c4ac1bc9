import { describe, expect, test } from "vitest";
import { lockText, parseLock } from "../../../cli/generated/lock-file.ts";
import {
  keptInKafka,
  type Lock,
  nextLock,
  unannounced,
} from "../../../cli/generated/identity-lock.ts";
import type { ResourceGoal } from "../../../engine/index.ts";
import { goal, STACK, topic, urnOf } from "../../engine/goals.ts";

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

test("a program's identities in Kafka are found, wherever they are declared", () => {
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
    const next = nextLock(LOCK, kept);
    expect(next).toEqual({ [SHOP]: [there, PLACE] });
    // Whoever takes the alias away while a stack may still have the old URN is told again.
    const bare = keptInKafka([account("shop", OTHER), credential("shop", OTHER)], STACK);
    expect(unannounced(next, bare)).toHaveLength(1);
    expect(unannounced({ [SHOP]: [there] }, bare)).toEqual([]);
  });

  test("is not helped by an alias of somewhere else", () => {
    const alias = { urn: urnOf(USER, "other") };
    const kept = keptInKafka([credential("shop", OTHER, { aliases: [alias] })], STACK);
    expect(unannounced(LOCK, kept)).toHaveLength(1);
  });
});

test("what is new or gone is no danger, and changes the lock", () => {
  const kept = keptInKafka([topic("orders")], STACK);
  expect(unannounced(LOCK, kept)).toEqual([]);
  expect(nextLock(LOCK, kept)).toEqual({ "topic orders": ["kafka:index/topic:Topic::orders"] });
});

test("a file that is no lock is refused", () => {
  expect(parseLock("")).toEqual({});
  expect(() => parseLock('{ "topic a": [] }')).toThrow(
    "kafka.lock.json is not a lock of identities: restore it from git.",
  );
});

test("a lock is not written while something has moved unannounced", () => {
  const kept = keptInKafka([account("shop", OTHER), credential("shop", OTHER)], STACK);
  expect(() => lockText(LOCK, kept)).toThrow(
    /^kafka\.lock\.json is not written:\n {2}- credential shop/,
  );
  expect(lockText({}, kept)).toBe(`${JSON.stringify(nextLock({}, kept), undefined, 2)}\n`);
});
