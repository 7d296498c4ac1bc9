import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const STEPS = path.resolve(".ci/steps.sh");

/** Runs steps as .ci/run does. @returns the exit code, and every line with its blanks made one */
function run(script: string): { status: number | null; lines: string[] } {
  const bash = ["-c", `set -uo pipefail\nsource "${STEPS}"\n${script}\nfinish`];
  const { status, stdout } = spawnSync("bash", bash, { encoding: "utf8" });
  const lines = stdout.trimEnd().split("\n");
  return { status, lines: lines.map((line) => line.trim().replaceAll(/ +/g, " ")) };
}

/** What a suite of tests leaves for the run. */
const suite = (counts: string, code = 0) =>
  `bash -c 'echo "${counts} 7 unit" >>"$TEST_COUNTS"; exit ${String(code)}' suite`;

test("steps that pass are told one by one, then in a table, and their tests are added up", () => {
  const { status, lines } = run(`
    step true
    step ${suite("12 0 1")}
    step env ${suite("30 0 0")}`);
  expect(status).toBe(0);
  expect(lines.slice(0, 2)).toEqual(["=== true", "=== true : passed (0 s)"]);
  const table = lines.slice(lines.findIndex((line) => line.startsWith("seconds ")));
  expect(table).toHaveLength(8);
  expect(table[0]).toBe("seconds passed failed skipped step, and its suites");
  expect(table[1]).toBe("0 true");
  expect(table[3]).toBe("7 12 0 1 unit");
  expect(table.at(-1)).toBe("42 passed, 0 failed, 1 skipped");
});

test("a test that fails is counted as one, and named with its step before the last line", () => {
  const { status, lines } = run(`
    step ${suite("12 1 0", 1)}
    echo "a.test.ts > fails" >>"$TEST_FAILURES"`);
  expect(status).toBe(1);
  expect(lines.at(-1)).toBe("12 passed, 1 failed, 0 skipped");
  expect(lines.at(-2)).toBe("failed: a.test.ts > fails");
  expect(lines.at(-3)).toMatch(/^failed: step: bash /);
});

test("a step that fails without a failing test makes the run fail", () => {
  const { status, lines } = run(`step ${suite("12 0 0")}\nstep false`);
  expect(status).toBe(1);
  expect(lines).toContain("0 FAILED false");
  expect(lines.at(-1)).toBe("12 passed, 1 failed, 0 skipped");
});

test("a run without any test fails", () => {
  expect(run("step true").status).toBe(1);
});

test("a step that was begun runs besides, and is shown whole where it is awaited", () => {
  const { status, lines } = run(`
    begin bash -c 'echo one; sleep 0.2; echo two'
    step ${suite("1 0 0")}
    await bash -c 'echo one; sleep 0.2; echo two'`);
  expect(status).toBe(0);
  expect(lines.indexOf("two")).toBe(lines.indexOf("one") + 1);
  expect(lines.indexOf("one")).toBeGreaterThan(lines.findIndex((line) => line.includes(" unit")));
});

test.each([
  ["fails", "bash -c 'exit 3'"],
  ["is killed", "bash -c 'kill -9 $PPID'"],
])("a step that was begun and %s makes the run fail", (_, command) => {
  const { status, lines } = run(`
    begin ${command}
    step ${suite("1 0 0")}
    await ${command}`);
  expect(status).toBe(1);
  expect(lines.at(-1)).toBe("1 passed, 1 failed, 0 skipped");
});
