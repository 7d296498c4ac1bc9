import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULE_TEXTS } from "../../policy/rules.ts";

test("docs/policies.md has a heading for every rule", () => {
  const text = readFileSync("docs/policies.md", "utf8");
  for (const { id } of RULE_TEXTS) expect(text).toContain(`### ${id}\n`);
});
