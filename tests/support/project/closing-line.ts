import { inspect } from "node:util";
import { appendFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** So many of a suite's files are named with their seconds: where a suite's time goes. */
const LONGEST_FILES = 5;
/** Of what a failure says so much goes into its line: of a long log all that matters is elsewhere. */
const LONGEST_MESSAGE = 400;

interface Counts {
  passed: number;
  readonly failed: string[];
  /** By the reason why. */
  readonly skipped: Map<string, string[]>;
}

/**
 * Ends a run with `N passed, N failed, N skipped`, after the reasons of what was skipped (a line each, with
 * the tests it holds for), what failed and why, and the longest files of each suite. With TEST_COUNTS
 * set, `PASSED FAILED SKIPPED SECONDS SUITE` is appended to that file too, a line for each suite, so that
 * several runs can be added up; with TEST_FAILURES the lines of what failed.
 */
export default class ClosingLine implements Reporter {
  #began = performance.now();

  onTestRunStart(): void {
    this.#began = performance.now();
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const seconds = Math.round((performance.now() - this.#began) / 1000);
    const outside = errors.map((error) => `outside of any test: ${messageOf(error)}`);
    const all = countsOf(modules);
    const failed = [...outside, ...all.failed];
    const suites = Map.groupBy(modules, ({ project }) => project.name || "tests");

    for (const [reason, names] of all.skipped) console.log(skipLine(reason, names));
    for (const name of failed) console.log(`failed: ${name}`);
    for (const [name, files] of suites) {
      console.log(`${name}: ${String(seconds)} s, the longest of it ${longest(files)}`);
    }
    console.log(
      `${String(all.passed)} passed, ${String(failed.length)} failed, ${String(skippedOf(all))} skipped`,
    );
    for (const [name, files] of suites) {
      const counts = countsOf(files);
      const figures = [counts.passed, counts.failed.length, skippedOf(counts), seconds];
      append("TEST_COUNTS", `${figures.join(" ")} ${name}\n`);
    }
    if (outside.length > 0)
      append("TEST_COUNTS", `0 ${String(outside.length)} 0 0 outside of any test\n`);
    append("TEST_FAILURES", failed.map((name) => `${name}\n`).join(""));
  }
}

const skippedOf = ({ skipped }: Counts): number => [...skipped.values()].flat().length;

function countsOf(files: readonly TestModule[]): Counts {
  const counts: Counts = { passed: 0, failed: [], skipped: new Map() };
  for (const file of files) {
    // A file that cannot even be loaded has no tests, and is a failure all the same.
    if (file.errors().length > 0) {
      counts.failed.push(`${file.relativeModuleId}: cannot be loaded${reasonOf(file.errors())}`);
    }
    // Nor has what goes wrong before the first test of a suite, or after the last one, a test.
    for (const suite of file.children.allSuites()) {
      if (suite.errors().length > 0) {
        counts.failed.push(
          `${file.relativeModuleId} > ${suite.fullName}: before or after its tests${reasonOf(suite.errors())}`,
        );
      }
    }
    for (const test of file.children.allTests()) {
      const result = test.result();
      const name = `${file.relativeModuleId} > ${test.fullName}`;
      if (result.state === "passed") counts.passed += 1;
      else if (result.state === "failed") counts.failed.push(`${name}${reasonOf(result.errors)}`);
      else {
        const reason = (result.state === "skipped" && result.note) || "no reason given";
        counts.skipped.set(reason, [...(counts.skipped.get(reason) ?? []), name]);
      }
    }
  }
  return counts;
}

/** The files that took longest, each with its seconds. */
function longest(files: readonly TestModule[]): string {
  const timed = files.map((file) => {
    const { collectDuration, setupDuration, duration } = file.diagnostic();
    return { id: file.relativeModuleId, ms: collectDuration + setupDuration + duration };
  });
  return timed
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, LONGEST_FILES)
    .map(({ id, ms }) => `${id} ${String(Math.round(ms / 1000))} s`)
    .join(", ");
}

/** Where many are skipped for one reason, their files say enough. */
function skipLine(reason: string, names: readonly string[]): string {
  if (names.length <= 3) return names.map((name) => `skipped: ${name}: ${reason}`).join("\n");
  const files = [...new Set(names.map((name) => name.split(" > ")[0]))];
  return `skipped: ${String(names.length)} tests of ${files.join(", ")}: ${reason}`;
}

function append(variable: string, text: string): void {
  const file = process.env[variable];
  if (file !== undefined) appendFileSync(file, text);
}

/** Errors come over from another process as objects without a prototype, which have no text of their own. */
const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : inspect(error, { breakLength: Infinity, compact: true });

/** What the first of the errors says, on the line of what failed. */
function reasonOf([error]: readonly unknown[]): string {
  const message = messageOf(error).replaceAll(/\s+/g, " ");
  return message.length > LONGEST_MESSAGE
    ? `: ${message.slice(0, LONGEST_MESSAGE)}…`
    : `: ${message}`;
}
