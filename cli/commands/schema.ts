import { writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { stackFileSchema } from "../../components/settings/stack-schema.ts";
import type { Command } from "../arguments.ts";
import { PROJECT_DIR } from "../project.ts";

export const SCHEMA_FILE = path.join(PROJECT_DIR, "components/settings/stack-file.schema.json");

/** The text of {@link SCHEMA_FILE} as it should be. */
export const schemaText = (): Promise<string> =>
  format(JSON.stringify(stackFileSchema()), { parser: "json", printWidth: 100 });

export const command: Command = {
  summary: "writes the JSON Schema that editors check stack files against",
  flags: {},
  async run() {
    writeFileSync(SCHEMA_FILE, await schemaText());
    return 0;
  },
};
