import { appendFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends a run with `N passed, N failed, N skipped`, after a line for each skipped test and its reason.
 * With TEST_COUNTS set the counts are appended to that file too, so that several runs can be added up.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      // A file that cannot even be loaded has no tests, and is a failure all the same.
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") counts.passed += 1;
        else if (result.state === "failed") counts.failed += 1;
        else {
          counts.skipped += 1;
          const reason = (result.state === "skipped" && result.note) || "no reason given";
          console.log(`skipped: ${module.relativeModuleId} > ${test.fullName}: ${reason}`);
        }
      }
    }
    const { passed, failed, skipped } = counts;
    console.log(`${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
    const file = process.env["TEST_COUNTS"];
    if (file !== undefined) {
      appendFileSync(file, `${String(passed)} ${String(failed)} ${String(skipped)}\n`);
    }
  }
}
