import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** The launcher in a project of its own, whose `main.ts` and bundled Node are stand-ins. */

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  mkdirSync(path.join(folder, "cli"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  copyFileSync("cli/kafka-platform.mjs", path.join(folder, "cli/kafka-platform.mjs"));
  writeFileSync(
    path.join(folder, "cli/main.ts"),
    'const args: string[] = process.argv.slice(2); console.log("main", ...args); process.exitCode = 2;',
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })",
)}`;

function bundle(script: string): void {
  const bin = path.join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "node"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "node"), 0o755);
}

const launch = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, stdout, stderr };
};
const launcher = () => path.join(folder, "cli/kafka-platform.mjs");

test("a Node that is new enough runs the commands itself, also through a link elsewhere", () => {
  const link = path.join(folder, "linked");
  symlinkSync(launcher(), link);
  for (const started of [launcher(), link]) {
    expect(launch(started, "health", "--stack", "prod")).toEqual({
      ...{ status: 2, stdout: "main health --stack prod\n", stderr: "" },
    });
  }
});

test("an older Node hands over to the one that npm brought, with arguments and exit code", () => {
  bundle('echo "bundled $(basename "$1") $2 $3"; exit 7');
  expect(launch("--import", OLD_NODE, launcher(), "a", "b c")).toEqual({
    ...{ status: 7, stdout: "bundled main.ts a b c\n", stderr: "" },
  });
});

test("an older Node alone says what it needs", () => {
  const { status, stdout, stderr } = launch("--import", OLD_NODE, launcher(), "a");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^error: kafka-platform needs Node 24 or newer and was started by .*: run `npm ci`/,
  );
});

test("a signal to the launcher alone reaches the command, and its end is told as a shell does", async () => {
  bundle("echo up; exec sleep 60");
  const child = spawn(process.execPath, ["--import", OLD_NODE, launcher()]);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(128 + 15);
});
