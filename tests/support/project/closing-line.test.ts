import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";

// Inside the project, so that the tests in it find vitest.
const parent = path.resolve("node_modules/.cache");
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(path.join(parent, "closing-line-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs vitest on files of tests. @returns what it printed, every time `N s`, and what it wrote for CI */
function run(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(path.join(folder, "run-"));
  for (const [name, body] of Object.entries(files)) {
    const head = 'import { afterAll, describe, expect, it } from "vitest";\n';
    writeFileSync(path.join(root, name), head + body);
  }
  const [counts, failures] = [path.join(root, "counts"), path.join(root, "failures")];
  const reporter = path.resolve("tests/support/project/closing-line.ts");
  const { stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--root", root, "--reporter", reporter],
    {
      encoding: "utf8",
      env: { ...process.env, TEST_COUNTS: counts, TEST_FAILURES: failures, NO_COLOR: "1" },
    },
  );
  const read = (file: string) => readFileSync(file, "utf8");
  const lines = stdout
    .trimEnd()
    .replaceAll(/\b\d+ s\b/g, "N s")
    .split("\n");
  return { lines, counts: read(counts), failures: read(failures) };
}

it("counts what passed, failed and was skipped, names the last two, and says where the time went", () => {
  const { lines, counts, failures } = run({
    "a.test.ts": `describe("a", () => {
      it("passes", () => { expect(1).toBe(1); });
      it("fails", () => { expect(1).toBe(2); });
      it("is skipped", ({ skip }) => { skip(true, "no broker"); });
    });`,
  });
  expect(lines).toEqual([
    "skipped: a.test.ts > a > is skipped: no broker",
    "failed: a.test.ts > a > fails: expected 1 to be 2 // Object.is equality",
    "tests: N s, the longest of it a.test.ts N s",
    "1 passed, 1 failed, 1 skipped",
  ]);
  expect(counts).toMatch(/^1 1 1 \d+ tests\n$/);
  expect(failures).toBe("a.test.ts > a > fails: expected 1 to be 2 // Object.is equality\n");
});

it("counts what fails outside of a test: after a suite, or while a file is loaded", () => {
  const { lines } = run({
    "after.test.ts": `describe("a", () => {
      afterAll(() => { throw new Error("left behind"); });
      it("passes", () => { expect(1).toBe(1); });
    });`,
    "load.test.ts": 'throw new Error("cannot be loaded");',
  });
  expect(lines.at(-1)).toBe("1 passed, 2 failed, 0 skipped");
  expect(lines).toContain("failed: after.test.ts > a: before or after its tests: left behind");
  expect(lines).toContain("failed: load.test.ts: cannot be loaded: cannot be loaded");
});

it("shortens what a failure says, and keeps it on its line", () => {
  const thrown = `throw new Error("one\\n" + "x".repeat(9000));`;
  const { failures } = run({ "a.test.ts": `it("fails", () => { ${thrown} });` });
  expect(failures).toMatch(/^a\.test\.ts > fails: one x{396}…\n$/);
});

it("tells a reason that many tests share once", () => {
  const test = (name: string) => `it("${name}", ({ skip }) => { skip(true, "no CLI"); });`;
  const { lines } = run({ "a.test.ts": ["a", "b", "c", "d"].map(test).join("\n") });
  expect(lines[0]).toBe("skipped: 4 tests of a.test.ts: no CLI");
  expect(lines.at(-1)).toBe("0 passed, 0 failed, 4 skipped");
});

it("says what was thrown outside of any test, by an error or by anything else", () => {
  const { lines } = run({
    "later.test.ts": `it("is over before it goes wrong", async () => {
      setTimeout(() => { throw new Error("left behind"); }, 0);
      setTimeout(() => { throw { reason: "no error" }; }, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });`,
  });
  const outside = lines.filter((line) => line.includes("outside of any test"));
  expect(outside.join("\n")).toContain("left behind");
  expect(outside.join("\n")).toContain("no error");
  expect(lines.at(-1)).toBe("1 passed, 2 failed, 0 skipped");
});
