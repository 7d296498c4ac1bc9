import { expect, test } from "vitest";
import { cataloguePage } from "../../cli/generated/catalogue-page.ts";
import { accessWarnings } from "../../model/access/access-review.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { DECLARATIONS } from "../../topics/index.ts";

test("somebody writes and somebody reads every topic, and no grant is needless", () => {
  const { topics, accounts } = loadCatalogue(DECLARATIONS);
  expect(
    accessWarnings(
      topics.map(({ name }) => name),
      accounts.map((one) => accountAccess(one)),
    ),
  ).toEqual([]);
});

test("every topic has an account that writes it and one that reads it", () => {
  expect(cataloguePage(loadCatalogue(DECLARATIONS))).not.toContain("nobody");
});
