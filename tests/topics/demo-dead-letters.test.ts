import { expect, test } from "vitest";
import { compileGrants } from "../../model/access/compile-grants.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";
import { rightsOf } from "./demo-rights.ts";

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
