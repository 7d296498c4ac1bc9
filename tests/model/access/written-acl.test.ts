import { expect, test } from "vitest";
import { accountSchema } from "../../../model/access/account-declaration.ts";
import { describeFaults } from "../../../model/values/faults.ts";

const account = (...acls: unknown[]) => ({ description: "x", acls });
const faultsOf = (acl: unknown) => {
  const parsed = accountSchema.safeParse(account(acl));
  return parsed.success ? [] : describeFaults(parsed.error, account(acl));
};

test.each([
  { allow: ["Describe"], on: "topic:orders" },
  { allow: ["All"], on: "topic:*" },
  { allow: ["Create", "Delete"], on: "topic:__consumer_offsets" },
  { deny: ["Delete"], on: "topic:tmp.*" },
  { allow: ["Read"], on: "group:team/app:v1" },
  { allow: ["Write"], on: "transactional-id:tx-*" },
  { allow: ["Alter", "ClusterAction", "IdempotentWrite"], on: "cluster" },
])("$allow $deny on $on is an entry", (acl) => {
  expect(faultsOf(acl)).toEqual([]);
});

test.each<[unknown, string]>([
  [{ on: "topic:a" }, "either `allow` or `deny`"],
  [{ allow: ["Read"], deny: ["Write"], on: "topic:a" }, "either `allow` or `deny`"],
  [{ allow: [], on: "topic:a" }, "acls[0].allow: given []; wanted at least one operation"],
  [
    { allow: ["read"], on: "topic:a" },
    'acls[0].allow[0]: given "read"; wanted one of All, Read, Write, Create, Delete, Alter, Describe,',
  ],
  [
    { allow: ["Create"], on: "group:g" },
    'acls[0].allow[0]: given "Create"; wanted an operation on group:g: All, Read, Delete, Describe,',
  ],
  [
    { allow: ["Read"], on: "orders" },
    'acls[0].on: given "orders"; wanted topic:NAME, group:NAME, transactional-id:NAME or cluster',
  ],
  [{ allow: ["Read"], on: "topic:" }, 'acls[0].on: given "topic:"; wanted topic:NAME'],
  [{ allow: ["Alter"], on: "cluster:mine" }, 'acls[0].on: given "cluster:mine"; wanted topic:NAME'],
  [{ allow: ["Read"] }, "acls[0].on: missing; wanted topic:NAME"],
])("%j is refused", (acl, fault) => {
  expect(faultsOf(acl).join("\n")).toContain(fault);
});
