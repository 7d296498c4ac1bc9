import { writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import type { Command } from "../terminal/command.ts";
import { cataloguePage } from "../generated/catalogue-page.ts";
import { declaredCatalogue } from "../stack/declared-catalogue.ts";
import { PROJECT_DIR } from "../stack/project.ts";

export const CATALOGUE_FILE = path.join(PROJECT_DIR, "docs/catalogue.md");

/** The text of {@link CATALOGUE_FILE} as it should be. */
export const catalogueText = async (): Promise<string> =>
  format(cataloguePage(declaredCatalogue()), {
    ...(await resolveConfig(CATALOGUE_FILE)),
    parser: "markdown",
  });

export const command: Command = {
  flags: {},
  async run() {
    writeFileSync(CATALOGUE_FILE, await catalogueText());
    return 0;
  },
};
