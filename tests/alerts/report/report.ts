/** The table of docs/alerts.md, from the last results. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as prettier from "prettier";
import type { Measured } from "../measured.ts";
import { table } from "./table.ts";

const PAGE = path.resolve(import.meta.dirname, "../../../docs/alerts.md");
const BEGIN = "<!-- written by `npm run test:alerts -- --write-report` -->";
const END = "<!-- end of what is written -->";

/** Replaces what is between the two marks of the page. */
export async function writeReport(measured: readonly Measured[]): Promise<void> {
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} lacks the marks "${BEGIN}" and "${END}"`);
  const text = `${page.slice(0, from)}${BEGIN}\n\n${table(measured)}\n\n${page.slice(to)}`;
  const options = (await prettier.resolveConfig(PAGE)) ?? {};
  writeFileSync(PAGE, await prettier.format(text, { ...options, parser: "markdown" }));
}
