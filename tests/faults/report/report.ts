/** docs/reliability.md, with the table and the plot of the last results. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import * as prettier from "prettier";
import { pythonEnvironment } from "../../support/kafka/python-environment.ts";
import type { Result } from "../run-scenario.ts";
import type { Scenario } from "../scenario.ts";
import { table } from "./table.ts";

const DOCS = path.resolve(import.meta.dirname, "../../../docs");
const PAGE = path.join(DOCS, "reliability.md");
const PLOT = path.join(DOCS, "reliability.png");
const BEGIN = "<!-- written by `npm run test:faults -- --write-report` -->";
const END = "<!-- end of what is written -->";

/** Replaces what is between the two marks of the page, and the plot. */
export async function writeReport(
  results: readonly (readonly [Scenario, Result | undefined])[],
): Promise<void> {
  const known = results.flatMap(([, result]) => result ?? []);
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} lacks the marks "${BEGIN}" and "${END}"`);
  const days = [...new Set(known.map(({ at }) => at.slice(0, 10)))].sort();
  const loads = known.flatMap(({ machineLoad }) => machineLoad ?? []).sort((a, b) => a - b);
  const where =
    `Measured on ${days.join(", ")}, on ${String(availableParallelism())} cores` +
    (loads.length === 0
      ? "."
      : `, whose load average before each scenario was ${loads[0]?.toFixed(1) ?? ""} to ${loads.at(-1)?.toFixed(1) ?? ""}.`);
  const complaints = known.flatMap(({ name, broken, late = [] }) =>
    [...broken, ...late].map((complaint) => `- \`${name}\`: ${complaint}`),
  );
  const written = [
    ...[BEGIN, "", where, "", table(results), ""],
    ...(complaints.length === 0 ? [] : ["Not as promised:", "", ...complaints, ""]),
  ];
  const text = page.slice(0, from) + written.join("\n") + "\n" + page.slice(to);
  const options = (await prettier.resolveConfig(PAGE)) ?? {};
  writeFileSync(PAGE, await prettier.format(text, { ...options, parser: "markdown" }));
  plot(known);
}

function plot(results: readonly Result[]): void {
  const environment = pythonEnvironment("matplotlib", "3.11.2");
  environment.install();
  const drawn = results.filter(({ timeline }) => timeline !== undefined);
  const script = path.join(import.meta.dirname, "plot.py");
  execFileSync(environment.program("python"), [script, PLOT], { input: JSON.stringify(drawn) });
}
