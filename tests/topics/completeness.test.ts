import { expect, test } from "vitest";
import { compileGrants } from "../../components/access/grants.ts";
import { covers, type Right } from "../../components/access/acl.ts";
import { accountAccess } from "../../topics/account-access.ts";
import { loadCatalogue } from "../../topics/catalogue.ts";

const { topics, accounts } = loadCatalogue();
const entries = accounts.flatMap((account) => compileGrants(accountAccess(account)));

test.each(topics.map(({ name }) => name))("somebody writes and somebody reads %s", (name) => {
  const topic = { resourceType: "Topic", resourceName: name, patternType: "Literal" } as const;
  const held = (operation: Right["operation"]) =>
    entries.some(({ entry }) => covers(entry, { ...topic, operation }));
  expect([held("Write"), held("Read")]).toEqual([true, true]);
});
