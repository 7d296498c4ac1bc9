import { writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { stackFileSchema } from "../../model/stack/stack-schema.ts";
import type { Command } from "../terminal/command.ts";
import { PROJECT_DIR } from "../stack/project.ts";
import { RULES_FILE, rulesText } from "../generated/rules-document.ts";

export const SCHEMA_FILE = path.join(PROJECT_DIR, "model/stack/stack-file.schema.json");

/** The text of {@link SCHEMA_FILE} as it should be. */
export const schemaText = (): Promise<string> =>
  format(JSON.stringify(stackFileSchema()), { parser: "json", printWidth: 100 });

export const command: Command = {
  flags: {},
  async run() {
    writeFileSync(SCHEMA_FILE, await schemaText());
    writeFileSync(RULES_FILE, await rulesText());
    return 0;
  },
};
