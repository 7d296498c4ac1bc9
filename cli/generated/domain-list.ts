import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import { absolute, formatted, type GeneratedFile } from "./generated-file.ts";

/** Files of `topics/` that are not a domain's. */
export const OTHERS: ReadonlySet<string> = new Set(["index.ts", "domains.ts", "account-groups.ts"]);

export const DOMAIN_FILE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.ts$/;

/** The name of what the file of a domain exports: `game-platform.ts` exports `gamePlatform`. */
export const exportName = (file: string): string =>
  file.replace(/\.ts$/, "").replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Files of domains, in a folder like `topics/`. @throws UserError with every file that is not as wanted */
export async function domainFiles(folder: string): Promise<string[]> {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !OTHERS.has(entry.name))
    .map(({ name }) => name)
    .sort();
  const faults = await Promise.all(files.map((file) => faultOf(folder, file)));
  const list = faults.filter((fault) => fault !== undefined);
  if (list.length > 0) throw new UserError(list.join("\n"));
  return files;
}

async function faultOf(folder: string, file: string): Promise<string | undefined> {
  if (!DOMAIN_FILE.test(file)) return `topics/${file}: wanted a name such as game-platform.ts.`;
  try {
    const url = pathToFileURL(path.join(folder, file)).href;
    const exported = Object.keys((await import(url)) as object).sort();
    const wanted = exportName(file);
    if (exported.length === 1 && exported[0] === wanted) return undefined;
    const found = exported.join(", ") || "nothing";
    return `topics/${file} exports ${found}: wanted one domain, called ${wanted}.`;
  } catch (error) {
    return `topics/${file} cannot be loaded: ${messageOf(error)}`;
  }
}

/** `topics/domains.ts`: so that a domain is one new file. */
export const domainList: GeneratedFile = {
  file: "topics/domains.ts",
  async text() {
    const files = await domainFiles(absolute("topics"));
    return formatted(this.file, domainListText(files), "typescript");
  },
};

export const domainListText = (files: readonly string[]): string =>
  [
    "// Written by `npx kafka-platform generate`: one line for the file of each domain.",
    'import type { Domain } from "../model/catalogue/domain-declaration.ts";',
    ...files.map((file) => `import { ${exportName(file)} } from "./${file}";`),
    "",
    "/** Every domain, by the file that declares it. A function is called when the catalogue is loaded. */",
    "export const DOMAINS: Readonly<Record<string, Domain | (() => Domain)>> = {",
    ...files.map((file) => `  "topics/${file}": ${exportName(file)},`),
    "};",
    "",
  ].join("\n");
