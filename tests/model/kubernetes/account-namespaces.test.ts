import { expect, test } from "vitest";
import {
  allNamespaces,
  namespaceOf,
  namespaceWarnings,
} from "../../../model/kubernetes/account-namespaces.ts";

const NAMESPACES = { "team-orders": "orders", "orders-audit": "audit", "orders-copy": "orders" };

test.each([
  ["an account of its own entry", "orders-audit", "audit"],
  ["an account of its owner's", "orders-writer", "orders"],
])("%s has its Secret there", (_, name, namespace) => {
  expect(namespaceOf(NAMESPACES, { name, owner: "team-orders" })).toBe(namespace);
});

test("any other account has its Secret in the cluster's namespace", () => {
  expect(namespaceOf(NAMESPACES, { name: "billing", owner: "team-billing" })).toBeUndefined();
});

test("every namespace is named once", () => {
  expect(allNamespaces(NAMESPACES)).toEqual(["audit", "orders"]);
});

test("an entry that is nobody's is told", () => {
  const accounts = [{ name: "orders-audit", owner: "team-orders" }];
  expect(namespaceWarnings(NAMESPACES, accounts)).toEqual([
    "cluster.accountNamespaces: no account and no owner is called orders-copy.",
  ]);
  expect(namespaceWarnings({ "team-orders": "orders" }, accounts)).toEqual([]);
});
