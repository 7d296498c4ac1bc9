import { expect, test } from "vitest";
import { cataloguePage } from "../../cli/generated/catalogue-page.ts";
import { accessWarnings } from "../../model/access/access-review.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";

test("somebody writes and somebody reads every topic, no group is shared, no grant is needless", () => {
  const { topics, accounts } = loadCatalogue(DECLARATIONS);
  const owned = accounts.map((account) => ({ ...accountAccess(account), owner: account.owner }));
  expect(
    accessWarnings(
      topics.map(({ name }) => name),
      owned,
    ),
  ).toEqual([]);
});

test("every topic has an account that writes it and one that reads it", () => {
  expect(cataloguePage(loadCatalogue(DECLARATIONS))).not.toContain("nobody");
});
