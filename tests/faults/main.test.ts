import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SCENARIOS } from "./scenarios.ts";

const faults = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(import.meta.dirname, "main.ts"), ...args], {
    encoding: "utf8",
  });

describe("npm run test:faults", () => {
  it("lists every scenario by a name of its own, and marks the reduced set", () => {
    const { status, stdout } = faults("--list");
    expect(status).toBe(0);
    const names = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toEqual(SCENARIOS.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    const reduced = faults("--list", "--reduced").stdout.trim().split("\n");
    expect(reduced).toHaveLength(SCENARIOS.filter((scenario) => scenario.reduced).length);
    for (const line of reduced) expect(line).toMatch(/ \[reduced set\]$/);
  });

  it.each([
    [["kill-everything"], 'There is no scenario "kill-everything". There are: kill-broker-0, '],
    [["--reduced", "stop-all"], "--reduced and names exclude each other."],
    [["--all"], "Unknown option '--all'"],
  ])("refuses %j, says why and what there is, and touches nothing", (args, message) => {
    const { status, stdout, stderr } = faults(...args);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("npm run test:faults [-- OPTIONS] [NAME ...]");
  });
});
