import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { crowdedFolders, importCycles, topFolders } from "./support/project/layout.ts";

/** How the project is laid out, as CONTRIBUTING says. ESLint says which room may import which. */

const MOST_TOP_FOLDERS = 14;
const MOST_BESIDE_EACH_OTHER = 20;

/** Folders of files of one kind, which grow with that kind. */
const OF_ONE_KIND: Readonly<Record<string, string>> = {
  "cli/commands": "a file for each command",
  "policy/rules": "a file for each subject of the rules",
  "components/kubernetes/manifests": "a file for each object of Kubernetes",
  "engine/drivers/docker": "a driver",
  "engine/drivers/kafka": "a driver",
  "engine/drivers/kubernetes": "a driver",
  "tests/engine/drivers/docker": "a file of tests for each file of the driver",
  "tests/faults/scenarios": "a file for each scenario",
};

const files = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
  {
    encoding: "utf8",
  },
)
  .split("\0")
  .filter((file) => file !== "" && existsSync(file));
const product = Object.fromEntries(
  files
    .filter((file) => file.endsWith(".ts") && !file.startsWith("tests/"))
    .map((file) => [file, readFileSync(file, "utf8")]),
);

test("no files of the product import each other in a circle, for types alone included", () => {
  expect(Object.keys(product).length).toBeGreaterThan(100);
  expect(importCycles(product)).toEqual([]);
});

test("a circle of imports is found: of two files, of types alone, through a third, and of one", () => {
  const circle = 'import { b } from "./b.ts";';
  expect(importCycles({ "x/a.ts": circle, "x/b.ts": 'import type { A } from "./a.ts";' })).toEqual([
    "x/a.ts → x/b.ts → x/a.ts",
  ]);
  const long = {
    "a.ts": 'export { b } from "./x/b.ts";',
    "x/b.ts": 'const c = await import("../c.ts");',
    "c.ts": 'import "./a.ts";',
  };
  expect(importCycles(long)).toEqual(["a.ts → x/b.ts → c.ts → a.ts"]);
  expect(importCycles({ "a.ts": 'import { a } from "./a.ts";' })).toEqual(["a.ts → a.ts"]);
  expect(importCycles({ "a.ts": circle, "b.ts": 'import fs from "node:fs";' })).toEqual([]);
});

test(`there are at most ${MOST_TOP_FOLDERS} folders at the top`, () => {
  expect(topFolders(files).length).toBeLessThanOrEqual(MOST_TOP_FOLDERS);
  const made = ["a/x.ts", "a/b/y.ts", "c/z.md", ".github/w.yaml", "top.ts"];
  expect(topFolders(made)).toEqual(["a", "c"]);
});

test(`no folder has more than ${MOST_BESIDE_EACH_OTHER} source files beside each other, unless of one kind`, () => {
  const crowded = Object.keys(crowdedFolders(files, MOST_BESIDE_EACH_OTHER));
  expect(crowded.filter((folder) => !(folder in OF_ONE_KIND))).toEqual([]);
  const made = ["a/1.ts", "a/2.mjs", "a/3.ts", "a/b/4.ts", "a/5.md"];
  expect([crowdedFolders(made, 2), crowdedFolders(made, 3)]).toEqual([{ a: 3 }, {}]);
});
