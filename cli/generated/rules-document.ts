import { ruleTable } from "../../policy/rule-table.ts";
import { RULE_TEXTS } from "../../policy/rules.ts";
import { currentText, formatted, type GeneratedFile } from "./generated-file.ts";

/** Everything after this line is made of the rules. */
const MADE_FROM_HERE = "<!-- From here on `npx kafka-platform generate` writes it. -->";

/** What people wrote about policies, and the rules as they are. */
export const rulesDocument: GeneratedFile = {
  file: "docs/policies.md",
  text() {
    const [written = ""] = currentText(this.file).split(MADE_FROM_HERE);
    const text = `${written}${MADE_FROM_HERE}\n\n${ruleTable(RULE_TEXTS)}`;
    return formatted(this.file, text, "markdown");
  },
};
