import { expect, test } from "vitest";
import { describeAccessChange } from "../../../model/access/access-changes.ts";
import { UNKNOWN } from "../../../policy/resource.ts";
import { accessReport } from "../../../review/report/access.ts";
import type { Change } from "../../../review/change.ts";
import { aclInputs, change } from "../changes.ts";

const ACL = "kafka:index/acl:Acl";
const USER = "kafka:index/userScramCredential:UserScramCredential";

type Entry = ReturnType<typeof aclInputs>;
const entry = (verb: Change["verb"], before?: Entry, after?: Entry): Change =>
  change(verb, ACL, JSON.stringify(after ?? before), {
    ...(before && { before: { inputs: before } }),
    ...(after && { after: { inputs: after } }),
  });
const gone = (one: Entry): Change => entry("delete", one);
const made = (one: Entry): Change => entry("create", undefined, one);
const kept = (one: Entry): Change => entry("same", one, one);
const sentences = (...changes: Change[]): string[] =>
  accessReport(changes).rights.map(describeAccessChange);

test("it is told who gains and who loses what, by principal", () => {
  expect(
    sentences(
      gone(aclInputs("shop", "Write", "orders")),
      made(aclInputs("audit", "Read", "orders")),
      kept(aclInputs("shop", "Read", "orders")),
    ),
  ).toEqual(["audit gains Read, Describe on topic orders", "shop loses Write on topic orders"]);
});

test("an entry that another one covers changes nothing", () => {
  const prefix = aclInputs("shop", "Read", "shop.", { resourcePatternTypeFilter: "Prefixed" });
  expect(sentences(gone(aclInputs("shop", "Read", "shop.orders")), kept(prefix))).toEqual([]);
});

test("what everybody may do is seen by those whose own entries change", () => {
  const everybody = aclInputs("*", "Read", "orders");
  expect(sentences(gone(aclInputs("shop", "Read", "orders")), kept(everybody))).toEqual([]);
  expect(sentences(gone(everybody), kept(aclInputs("shop", "Read", "orders")))).toEqual([
    "everybody loses Read, Describe on topic orders",
  ]);
});

test("an entry that denies takes away what another one gives", () => {
  const deny = aclInputs("shop", "Read", "orders", { aclPermissionType: "Deny" });
  expect(sentences(made(deny), kept(aclInputs("shop", "Read", "orders")))).toEqual([
    "shop loses Read on topic orders",
  ]);
});

test("entries that stay as they are, and those that are not known, make no sentence", () => {
  const unknown = { ...aclInputs("shop", "Read", "orders"), aclResourceName: UNKNOWN };
  expect(sentences(kept(aclInputs("shop", "Read", "orders")))).toEqual([]);
  expect(sentences(change("create", ACL, "x", { after: { inputs: unknown } }))).toEqual([]);
});

test("it is told who can log in, and who cannot any more", () => {
  const login = (username: string, scramMechanism: string) => ({
    inputs: { username, scramMechanism },
  });
  const { logins } = accessReport([
    change("create", USER, "a", { after: login("zoe", "SCRAM-SHA-512") }),
    change("delete", USER, "b", { before: login("bob", "SCRAM-SHA-512") }),
    change("update", USER, "c", {
      before: login("amy", "SCRAM-SHA-512"),
      after: login("amy", "SCRAM-SHA-512"),
    }),
  ]);
  expect(logins).toEqual([
    { change: "loses", username: "bob", mechanism: "SCRAM-SHA-512" },
    { change: "gains", username: "zoe", mechanism: "SCRAM-SHA-512" },
  ]);
});
