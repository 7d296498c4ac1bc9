import { expect, test } from "vitest";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { accountAccess } from "../../../model/catalogue/account-access.ts";
import type { DeclaredGrants } from "../../../model/access/grants.ts";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { withDeadLetters } from "../../../model/catalogue/dead-letters.ts";
import { rightsOf } from "../../support/access/account-rights.ts";

const topics = [
  { name: "shop.orders", deadLetter: "shop.orders.dlq" },
  { name: "shop.carts", deadLetter: "lost" },
  { name: "jobs", deadLetter: "lost" },
  { name: "lost", deadLetter: undefined },
];
const orders = { origin: "shop.orders", topic: "shop.orders.dlq" };
const carts = { origin: "shop.carts", topic: "lost" };
const jobs = { origin: "jobs", topic: "lost" };

const consuming = (...names: string[]) => ({ consumes: [{ topics: names, group: "g" }] });
const app = { applicationId: "app", produces: [], exactlyOnce: false };

test.each<[string, Partial<DeclaredGrants>, object[] | undefined]>([
  ["a consumer", consuming("shop.orders"), [orders]],
  ["a consumer by prefix", consuming("shop.*"), [orders, carts]],
  ["a consumer of two topics that share one", consuming("jobs", "shop.carts"), [carts, jobs]],
  ["a Streams application", { streams: [{ ...app, consumes: ["jobs"] }] }, [jobs]],
  ["a consumer of a topic without", consuming("lost"), undefined],
  ["a producer", { produces: ["shop.orders"] }, undefined],
  ["a mirror", { mirrorsTo: [{ target: "eu", topics: ["jobs"], groups: [] }] }, undefined],
])("%s", (_, declared, expected) => {
  const grants = { produces: [], consumes: [], ...declared };
  expect(withDeadLetters(grants, topics).deadLetters).toEqual(expected);
});

test("a right got by several declarations is one entry that names them all", () => {
  const account = loadCatalogue(DECLARATIONS).accounts.find(({ name }) => name === "tda_analytics");
  if (!account) throw new Error("no account tda_analytics");
  const compiled = compileGrants(accountAccess(account)).filter(
    ({ entry }) => entry.resourceName === "tda_dlq",
  );
  expect(compiled.map(({ entry, because }) => [entry.operation, because])).toEqual([
    ["Write", ["dead letters of tda_events", "dead letters of tda_results"]],
  ]);
});

test("whoever consumes may write dead letters, and only who declares it may read them", () => {
  const { topics: all, accounts } = loadCatalogue(DECLARATIONS);
  const rights = Object.assign(
    {},
    ...[...new Set(accounts.map(({ owner }) => owner))].map(rightsOf),
  ) as Record<string, string[]>;
  const holders = (right: string) =>
    Object.keys(rights).filter((name) => rights[name]?.includes(right));
  const own = all.flatMap(({ name, deadLetter }) => (deadLetter === `${name}.dlq` ? [name] : []));
  expect(own).toHaveLength(4);
  for (const name of own) {
    expect(holders(`Write Topic ${name}.dlq`)).toEqual(holders(`Read Topic ${name}`));
    expect(holders(`Read Topic ${name}.dlq`)).toEqual(["dead-letter-handler"]);
  }
});
