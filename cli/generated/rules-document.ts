import { readFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { ruleTable } from "../../policy/rule-table.ts";
import { RULE_TEXTS } from "../../policy/rules.ts";
import { PROJECT_DIR } from "../stack/project.ts";

export const RULES_FILE = path.join(PROJECT_DIR, "docs/policies.md");

/** Everything after this line is made of the rules. */
const MADE_FROM_HERE = "<!-- From here on `npm run schema` writes it. -->";

/** The text of {@link RULES_FILE} as it should be: what people wrote, and the rules as they are. */
export function rulesText(): Promise<string> {
  const [written = ""] = readFileSync(RULES_FILE, "utf8").split(MADE_FROM_HERE);
  const text = `${written}${MADE_FROM_HERE}\n\n${ruleTable(RULE_TEXTS)}`;
  return format(text, { parser: "markdown", printWidth: 100 });
}
