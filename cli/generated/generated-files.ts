import { stackFileSchema } from "../../model/stack/stack-schema.ts";
import type { CommandEntry } from "../terminal/command.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { alertsDocument } from "./alert-table.ts";
import { cataloguePage } from "./catalogue-page.ts";
import { codeOwners } from "./code-owners.ts";
import { auditDocument } from "./audit-controls.ts";
import { commandList } from "./command-list.ts";
import { formatted, type GeneratedFile } from "./generated-file.ts";
import { lockFile } from "./lock-file.ts";
import { rulesDocument } from "./rules-document.ts";

const catalogue: GeneratedFile = {
  file: "docs/catalogue.md",
  text() {
    return formatted(this.file, cataloguePage(declaredCatalogue()), "markdown");
  },
};

/** With which editors complete stack files. */
const stackSchema: GeneratedFile = {
  file: "model/stack/stack-file.schema.json",
  text() {
    return formatted(this.file, JSON.stringify(stackFileSchema()), "json");
  },
};

/** Everything that is generated, but for the list of domains: that comes first, because these read it. */
export const generatedFiles = (commands: readonly CommandEntry[]): readonly GeneratedFile[] => [
  catalogue,
  codeOwners,
  stackSchema,
  rulesDocument,
  alertsDocument,
  auditDocument,
  commandList(commands),
  lockFile,
];
