/** `npm run test:faults`: harms the prod stack on the lab while clients write, and accounts for every record. */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lastResult } from "./results.ts";
import type { Result } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";

const USAGE = `npm run test:faults [-- OPTIONS] [NAME ...]

Runs the scenarios of these names, else all of them, on the prod stack on the Kubernetes lab
(Linux, root, Docker; tests/kubernetes/lab/README.md).

  --list          the names, and what happens; nothing is run
  --reduced       the reduced set, for every change: fails by records, and only tells what was too slow,
                  because it runs on machines that do something else besides
  --write-report  afterwards writes docs/reliability.md from the last result of each scenario
  --report-only   the same, and runs nothing
  --image REF     a broker image that the lab has already, by digest; default: built of this checkout
`;

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        list: { type: "boolean" },
        reduced: { type: "boolean" },
        "write-report": { type: "boolean" },
        "report-only": { type: "boolean" },
        image: { type: "string" },
      },
    });
  } catch (error) {
    return (error as Error).message;
  }
}

/** The scenarios asked for, in their own order, or what is wrong with the names. */
function chosen(names: readonly string[], reduced: boolean): readonly Scenario[] | string {
  if (names.length > 0 && reduced) return "--reduced and names exclude each other.";
  const known = SCENARIOS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return `There is no scenario "${unknown.join('", "')}". There are: ${known.join(", ")}.`;
  }
  if (reduced) return SCENARIOS.filter((scenario) => scenario.reduced);
  return names.length === 0 ? SCENARIOS : SCENARIOS.filter(({ name }) => names.includes(name));
}

/**
 * The line that every test command ends with. With TEST_COUNTS set the counts go to that file too, with the
 * seconds and the name of the suite; with TEST_FAILURES the names of what failed.
 */
function closingLine(results: readonly Result[], timed: boolean): void {
  const failed = results.filter(
    ({ broken, late = [] }) => broken.length > 0 || (timed && late.length > 0),
  );
  const passed = results.length - failed.length;
  console.log(`${String(passed)} passed, ${String(failed.length)} failed, 0 skipped`);
  const seconds = String(Math.round(performance.now() / 1000));
  append("TEST_COUNTS", `${String(passed)} ${String(failed.length)} 0 ${seconds} faults\n`);
  append("TEST_FAILURES", failed.map(({ name }) => `scenario ${name}\n`).join(""));
  if (failed.length > 0) process.exitCode = 1;
}

function append(variable: string, text: string): void {
  const file = process.env[variable];
  if (file !== undefined) appendFileSync(file, text);
}

function refuse(fault: string): void {
  console.error(`error: ${fault}\n\n${USAGE}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const parsed = parse();
  if (typeof parsed === "string") {
    refuse(parsed);
    return;
  }
  const scenarios = chosen(parsed.positionals, parsed.values.reduced === true);
  if (typeof scenarios === "string") {
    refuse(scenarios);
    return;
  }
  const { values } = parsed;
  if (values.help) console.log(USAGE);
  else if (values.list) {
    for (const { name, title, reduced } of scenarios) {
      console.log(`${name.padEnd(28)}${title}${reduced ? " [reduced set]" : ""}`);
    }
  } else {
    // Imported where they are needed: what they need takes seconds to load.
    if (!values["report-only"]) {
      const { runAll } = await import("./run-all.ts");
      closingLine(await runAll(scenarios, values.image), values.reduced !== true);
    }
    if (values["write-report"] || values["report-only"]) {
      const { writeReport } = await import("./report/report.ts");
      await writeReport(
        SCENARIOS.map((scenario) => [scenario, lastResult(scenario.name)] as const),
      );
    }
  }
}

await main();
