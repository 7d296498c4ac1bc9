import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES_FILE, rulesText } from "../../cli/generated/rules-document.ts";
import { RULE_TEXTS } from "../../policy/rules.ts";

test("docs/policies.md lists every rule as it is; `npm run schema` writes it", async () => {
  const text = readFileSync(RULES_FILE, "utf8");
  expect(text).toBe(await rulesText());
  for (const { id } of RULE_TEXTS) expect(text).toContain(`### ${id}\n`);
});
