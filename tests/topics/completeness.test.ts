import { expect, test } from "vitest";
import { accessWarnings } from "../../components/access/access-review.ts";
import { accountAccess } from "../../topics/account-access.ts";
import { loadCatalogue } from "../../topics/catalogue.ts";

test("somebody writes and somebody reads every topic, no group is shared, no grant is needless", () => {
  const { topics, accounts } = loadCatalogue();
  const owned = accounts.map((account) => ({ ...accountAccess(account), owner: account.owner }));
  expect(
    accessWarnings(
      topics.map(({ name }) => name),
      owned,
    ),
  ).toEqual([]);
});
