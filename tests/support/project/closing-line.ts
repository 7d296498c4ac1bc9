import { appendFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends a run with `N passed, N failed, N skipped`, after the reasons of what was skipped (a line each, with
 * the tests it holds for) and the names of what failed. With TEST_COUNTS set the counts are appended to that
 * file too, so that several runs can be added up; with TEST_FAILURES the names of what failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    const failed = errors.map((error) => `outside of any test: ${String(error)}`);
    const skipped = new Map<string, string[]>();
    for (const module of modules) {
      // A file that cannot even be loaded has no tests, and is a failure all the same.
      if (module.errors().length > 0) failed.push(`${module.relativeModuleId}: cannot be loaded`);
      // Nor has what goes wrong before the first test of a suite, or after the last one, a test.
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) {
          failed.push(`${module.relativeModuleId} > ${suite.fullName}: before or after its tests`);
        }
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (result.state === "passed") passed += 1;
        else if (result.state === "failed") failed.push(name);
        else {
          const reason = (result.state === "skipped" && result.note) || "no reason given";
          skipped.set(reason, [...(skipped.get(reason) ?? []), name]);
        }
      }
    }
    for (const [reason, names] of skipped) console.log(skipLine(reason, names));
    for (const name of failed) console.log(`failed: ${name}`);
    const counts = [passed, failed.length, [...skipped.values()].flat().length].map(String);
    console.log(`${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped`);
    append("TEST_COUNTS", `${counts.join(" ")}\n`);
    append("TEST_FAILURES", failed.map((name) => `${name}\n`).join(""));
  }
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
