import fc from "fast-check";
import { expect, test } from "vitest";
import { accessChanges, describeAccessChange } from "../../../model/access/access-changes.ts";
import {
  type AccessRequest,
  type AccessRules,
  type Acl,
  Authorizer,
} from "../../../model/access/authorizer.ts";

const acl = (principal: string, operation: Acl["operation"], name: string, more = {}): Acl => ({
  ...{ principal: `User:${principal}`, host: "*", permission: "Allow", operation },
  resourceType: "Topic",
  ...(name.endsWith("*") && name !== "*"
    ? { resourceName: name.slice(0, -1), patternType: "Prefixed" }
    : { resourceName: name, patternType: "Literal" }),
  ...more,
});
const GROUP = { resourceType: "Group" };

const told = (before: readonly Acl[], after: readonly Acl[]) =>
  accessChanges({ acls: before }, { acls: after }).map(describeAccessChange);

test("nothing is said of what stays as it was", () => {
  const acls = [acl("shop", "Read", "orders"), acl("shop", "Write", "or*")];
  expect(told(acls, [...acls].reverse())).toEqual([]);
  expect(told(acls, [...acls, acl("shop", "Describe", "orders")])).toEqual([]);
  expect(told(acls, [...acls, acl("shop", "Write", "orders")])).toEqual([]);
});

test("operations on the same resources are one line, and so are resources", () => {
  expect(told([], [acl("shop", "Write", "orders"), acl("shop", "Write", "refunds")])).toEqual([
    "shop gains Write, Describe on topics orders, refunds",
  ]);
  expect(told([acl("shop", "Read", "orders"), acl("shop", "Read", "g", GROUP)], [])).toEqual([
    "shop loses Read, Describe on topic orders",
    "shop loses Read, Describe on consumer group g",
  ]);
});

test("what another entry still allows is not lost", () => {
  const both = [acl("shop", "Read", "orders"), acl("shop", "Write", "orders")];
  expect(told(both, [acl("shop", "Write", "orders")])).toEqual(["shop loses Read on topic orders"]);
  expect(told(both, [acl("shop", "Write", "orders"), acl("shop", "Read", "*")])).toEqual([
    "shop gains Read, Describe on every topic (but not orders)",
  ]);
});

test("a prefix stands for all names in it, but for those that keep what they had", () => {
  expect(told([acl("cdc", "Read", "db.*")], [acl("cdc", "Read", "db.users")])).toEqual([
    "cdc loses Read, Describe on topic db.* (but not db.users)",
  ]);
  const narrower = [acl("cdc", "Read", "db.*"), acl("cdc", "Read", "db.us*")];
  expect(told(narrower, [])).toEqual(["cdc loses Read, Describe on topic db.*"]);
});

test("an entry that denies takes away, and implies nothing", () => {
  const before = [acl("shop", "Read", "*")];
  const denied = acl("shop", "Read", "pay*", { permission: "Deny" });
  expect(told(before, [...before, denied])).toEqual(["shop loses Read on topic pay*"]);
  expect(told(before, [...before, { ...denied, operation: "All" }])).toEqual([
    "shop loses Read, Describe on topic pay*",
  ]);
});

test("addresses are said where they matter", () => {
  const here = [acl("shop", "Read", "orders", { host: "10.0.0.1" })];
  expect(told([], here)).toEqual(["shop gains Read, Describe on topic orders from 10.0.0.1"]);
  expect(told([acl("shop", "Read", "orders")], here)).toEqual([
    "shop loses Read, Describe on topic orders from everywhere but 10.0.0.1",
  ]);
});

test("what everybody gains is said once, and of whom it is not true on his own line", () => {
  const own = [acl("shop", "Read", "orders"), acl("till", "Read", "refunds")];
  const everybody = acl("*", "Read", "orders");
  expect(told(own, [...own, everybody])).toEqual([
    "everybody gains Read, Describe on topic orders",
  ]);
  const denied = acl("till", "Read", "refunds", { permission: "Deny" });
  expect(told(own, [...own, everybody, denied])).toEqual([
    "everybody gains Read, Describe on topic orders",
    "till loses Read on topic refunds",
  ]);
});

test("a new super user gains everything", () => {
  const changes = accessChanges({ acls: [] }, { acls: [], superUsers: ["User:root"] });
  expect(changes.map(describeAccessChange)).toEqual([
    "root gains every operation on every topic",
    "root gains every operation on every consumer group",
    "root gains every operation on every transactional id",
    "root gains every operation on the cluster",
    "root gains every operation on every delegation token",
    "root gains every operation on every user",
  ]);
});

test("when a cluster is closed to whom no entry names, everybody loses what no entry is about", () => {
  const acls = [acl("shop", "Read", "orders")];
  const changes = accessChanges({ acls, allowEveryoneIfNoAclFound: true }, { acls });
  expect(changes.map(describeAccessChange).slice(0, 2)).toEqual([
    "everybody loses every operation on every topic (but not orders)",
    "everybody loses every operation on every consumer group",
  ]);
});

const NAMES = ["a", "ab", "abc", "b", "*", "z"];
const PRINCIPALS = ["User:one", "User:two", "User:*"];
const HOSTS = ["10.0.0.1", "10.0.0.2"];
const someAcl: fc.Arbitrary<Acl> = fc.record({
  principal: fc.constantFrom(...PRINCIPALS),
  host: fc.constantFrom("*", ...HOSTS),
  permission: fc.constantFrom("Allow", "Allow", "Deny"),
  operation: fc.constantFrom("Read", "Write", "Describe", "AlterConfigs", "All"),
  resourceType: fc.constantFrom("Topic", "Group"),
  resourceName: fc.constantFrom(...NAMES),
  patternType: fc.constantFrom("Literal", "Prefixed"),
});
const someRules: fc.Arbitrary<AccessRules> = fc.record({
  acls: fc.array(someAcl, { maxLength: 6 }),
  superUsers: fc.subarray(["User:one", "User:three"]),
  allowEveryoneIfNoAclFound: fc.boolean(),
});
const someRequest: fc.Arbitrary<AccessRequest> = fc.record({
  // Operations that both types have.
  operation: fc.constantFrom("Read", "Describe", "DescribeConfigs", "AlterConfigs", "Delete"),
  principal: fc.constantFrom("User:one", "User:two", "User:three", "User:four"),
  host: fc.constantFrom(...HOSTS, "10.0.0.3"),
  resourceType: fc.constantFrom("Topic", "Group"),
  resourceName: fc.constantFrom(
    ...NAMES.filter((name) => name !== "*"),
    "abcd",
    "ac",
    "bb",
    "zz",
    "c",
  ),
});

/** Whether a list of names and beginnings of names has this one, the narrowest that fits deciding. */
function isTold(change: ReturnType<typeof accessChanges>[number], name: string): boolean {
  const fits = (label: string) =>
    label.endsWith("*") ? name.startsWith(label.slice(0, -1)) : label === name;
  const longest = (labels: readonly string[]) =>
    Math.max(-1, ...labels.filter(fits).map((label) => (label === name ? 1_000 : label.length)));
  return longest(change.resources) > longest(change.except);
}

test("exactly what changes is told, of everybody", () => {
  fc.assert(
    fc.property(someRules, someRules, fc.array(someRequest, { minLength: 20 }), (...given) => {
      const [before, after, requests] = given;
      const changes = accessChanges(before, after);
      const [was, is] = [new Authorizer(before), new Authorizer(after)];
      for (const request of requests) {
        const { principal, host, operation, resourceType, resourceName } = request;
        const directions = changes
          .filter((one) => one.resourceType === resourceType)
          .filter((one) => one.operations.includes(operation as never))
          .filter((one) => one.principal === principal || one.principal === "User:*")
          .filter((one) => one.hosts.includes(host) || one.hosts.includes("*"))
          .filter((one) => !one.exceptHosts.includes(host))
          .filter((one) => isTold(one, resourceName))
          .map((one) => [one.principal, one.change]);
        const changed = was.allows(request) !== is.allows(request);
        const direction = is.allows(request) ? "gains" : "loses";
        if (changed) {
          const told = directions.map(([, change]) => change);
          expect([request, told]).toEqual([request, expect.arrayContaining([direction])]);
        } else {
          // What everybody is told to gain or lose may be no change for somebody.
          const own = directions.filter(([who]) => who !== "User:*");
          expect([request, own]).toEqual([request, []]);
        }
      }
    }),
    { numRuns: 500 },
  );
});
