/** `npm run test:alerts`: causes real faults on the watched prod stack on the lab, and measures who is told when. */
import { parseArgs } from "node:util";
import type { Fault } from "./fault.ts";
import { FAULTS, ROUNDS } from "./faults.ts";
import { keep, lastResults } from "./results.ts";
import { complaintsOf } from "./verdict.ts";

const USAGE = `npm run test:alerts [-- OPTIONS] [NAME ...]

Causes the faults of these names, else all of them, on the prod stack on the Kubernetes lab, with its own
Prometheus and Alertmanager (Linux, root, Docker; tests/kubernetes/lab/README.md).

  --list          the names, and what happens; nothing is run
  --write-report  afterwards writes the table of docs/alerts.md from the last result of each fault
  --report-only   the same, and runs nothing
`;

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        list: { type: "boolean" },
        "write-report": { type: "boolean" },
        "report-only": { type: "boolean" },
      },
    });
  } catch (error) {
    return (error as Error).message;
  }
}

/** The faults asked for, in their own order, or what is wrong with the names. */
function chosen(names: readonly string[]): readonly Fault[] | string {
  const known = FAULTS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return `There is no fault "${unknown.join('", "')}". There are: ${known.join(", ")}.`;
  }
  return names.length === 0 ? FAULTS : FAULTS.filter(({ name }) => names.includes(name));
}

function refuse(fault: string): void {
  console.error(`error: ${fault}\n\n${USAGE}`);
  process.exitCode = 1;
}

async function run(faults: readonly Fault[]): Promise<void> {
  // Imported where it is needed: what it needs takes seconds to load.
  const { runAll } = await import("./run-all.ts");
  const rounds = ROUNDS.map((round) => round.filter((fault) => faults.includes(fault)));
  const { measured, complaints } = await runAll(
    rounds.filter((round) => round.length > 0),
    ({ measured: all }) => keep(faults, all),
  );
  const { table } = await import("./report/table.ts");
  console.log(table(measured));
  const missed = [...complaintsOf(measured), ...complaints];
  for (const complaint of missed) console.log(`FAILED: ${complaint}`);
  const failed = new Set(complaintsOf(measured)).size;
  console.log(
    `${String(measured.length - failed)} passed, ${String(failed + complaints.length)} failed, 0 skipped`,
  );
  if (missed.length > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const parsed = parse();
  if (typeof parsed === "string") {
    refuse(parsed);
    return;
  }
  const { values, positionals } = parsed;
  const faults = chosen(positionals);
  if (typeof faults === "string") refuse(faults);
  else if (values.help) console.log(USAGE);
  else if (values.list) {
    for (const { name, title } of faults) console.log(`${name.padEnd(20)}${title}`);
  } else {
    if (!values["report-only"]) await run(faults);
    if (values["write-report"] || values["report-only"]) {
      const { writeReport } = await import("./report/report.ts");
      await writeReport(lastResults(FAULTS));
    }
  }
}

await main();
