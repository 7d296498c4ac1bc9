import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

type Imports = Readonly<Record<string, readonly string[]>>;

const named = (list: string): string[] => [...list.matchAll(/[\w-]+/g)].map(([name]) => name);

function enforced(): Imports {
  const [, table = ""] = /const MAY_IMPORT = \{\n(.*?)\n\};/s.exec(read("eslint.config.js")) ?? [];
  const rows = table.matchAll(/^ {2}(\w+): \[([^\]]*)\]/gm);
  return Object.fromEntries([...rows].map(([, room = "", others = ""]) => [room, named(others)]));
}

function documented(): Imports {
  const [, section = ""] = read("CONTRIBUTING.md").split("\n## Folders\n");
  const [table = ""] = section.split("\n## ");
  const rows = table.matchAll(/^\| `(\w+)` +\|[^|]*\|([^|]*)\|$/gm);
  return Object.fromEntries([...rows].map(([, room = "", others = ""]) => [room, named(others)]));
}

test("CONTRIBUTING says of each folder what ESLint lets it import", () => {
  expect(Object.keys(enforced())).toContain("program");
  expect(documented()).toEqual(enforced());
});
