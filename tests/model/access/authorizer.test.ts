import { expect, test } from "vitest";
import { type AccessRequest, type Acl, Authorizer } from "../../../model/access/authorizer.ts";

const allow: Acl = {
  ...{ principal: "User:shop", host: "*", permission: "Allow", operation: "Read" },
  ...{ resourceType: "Topic", resourceName: "orders", patternType: "Literal" },
};
const deny: Acl = { ...allow, permission: "Deny" };
const read: AccessRequest = {
  ...{ principal: "User:shop", host: "10.0.0.1", operation: "Read" },
  ...{ resourceType: "Topic", resourceName: "orders" },
};

const decide = (acls: readonly Acl[], request: Partial<AccessRequest> = {}) =>
  new Authorizer({ acls }).decide({ ...read, ...request });
const allows = (acls: readonly Acl[], request: Partial<AccessRequest> = {}) =>
  decide(acls, request).allowed;

test("what no entry grants is denied", () => {
  expect(decide([])).toEqual({ allowed: false, because: "not granted" });
  expect(decide([allow])).toEqual({ allowed: true, because: "entry", acl: allow });
  expect(allows([allow], { principal: "User:shop2" })).toBe(false);
  expect(allows([allow], { operation: "Write" })).toBe(false);
  expect(allows([allow], { resourceType: "Group" })).toBe(false);
  expect(allows([allow], { resourceName: "orders2" })).toBe(false);
});

test("one entry that denies outweighs all that allow", () => {
  expect(decide([allow, deny, allow])).toEqual({ allowed: false, because: "entry", acl: deny });
  const prefixed: Acl = { ...deny, resourceName: "or", patternType: "Prefixed" };
  expect(allows([allow, prefixed])).toBe(false);
  expect(allows([allow, { ...deny, resourceName: "*" }])).toBe(false);
  expect(allows([allow, { ...deny, principal: "User:*" }])).toBe(false);
  expect(allows([allow, { ...deny, operation: "All" }])).toBe(false);
});

test("names match literally or as a prefix, and the literal * matches every name", () => {
  const prefixed: Acl = { ...allow, resourceName: "orders.", patternType: "Prefixed" };
  const names = ["orders.", "orders.eu", "orders", "order"];
  expect(names.map((resourceName) => allows([prefixed], { resourceName }))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(allows([{ ...allow, resourceName: "*" }], { resourceName: "anything" })).toBe(true);
  const star: Acl = { ...allow, resourceName: "*", patternType: "Prefixed" };
  expect(allows([star], { resourceName: "anything" })).toBe(false);
  expect(allows([star], { resourceName: "*thing" })).toBe(true);
});

test("Describe and DescribeConfigs are implied by entries that allow, never by those that deny", () => {
  for (const operation of ["Read", "Write", "Delete", "Alter", "All"] as const) {
    expect(allows([{ ...allow, operation }], { operation: "Describe" })).toBe(true);
  }
  for (const operation of ["Create", "AlterConfigs", "DescribeConfigs"] as const) {
    expect(allows([{ ...allow, operation }], { operation: "Describe" })).toBe(false);
  }
  const describe: Acl = { ...allow, operation: "Describe" };
  expect(allows([describe, deny], { operation: "Describe" })).toBe(true);
  const configs: Acl = { ...allow, operation: "AlterConfigs" };
  expect(allows([configs], { operation: "DescribeConfigs" })).toBe(true);
  expect(allows([allow], { operation: "DescribeConfigs" })).toBe(false);
});

test("an entry may say from which address", () => {
  const here: Acl = { ...allow, host: "10.0.0.1" };
  expect(allows([here])).toBe(true);
  expect(allows([here], { host: "10.0.0.2" })).toBe(false);
  expect(allows([allow, { ...deny, host: "10.0.0.2" }])).toBe(true);
});

test("super users may do everything, whatever denies it", () => {
  const authorizer = new Authorizer({ acls: [deny], superUsers: ["User:shop"] });
  expect(authorizer.decide(read)).toEqual({ allowed: true, because: "super user" });
  expect(authorizer.allows({ ...read, principal: "User:other" })).toBe(false);
});

test("allow.everyone.if.no.acl.found opens what no entry of anybody is about", () => {
  const open = (acls: readonly Acl[]) =>
    new Authorizer({ acls, allowEveryoneIfNoAclFound: true }).decide(read);
  expect(open([])).toEqual({ allowed: true, because: "no entry on the resource" });
  const others: Acl = { ...allow, principal: "User:other", operation: "Describe" };
  expect(open([others])).toEqual({ allowed: false, because: "not granted" });
  expect(open([{ ...others, resourceName: "or", patternType: "Prefixed" }]).allowed).toBe(false);
  expect(open([{ ...others, resourceName: "*" }]).allowed).toBe(false);
  expect(open([{ ...others, resourceType: "Group" }]).allowed).toBe(true);
});
