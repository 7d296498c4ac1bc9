import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FAULTS } from "./faults.ts";

const alerts = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(import.meta.dirname, "main.ts"), ...args], {
    encoding: "utf8",
  });

describe("npm run test:alerts", () => {
  it("lists every fault by its name", () => {
    const { status, stdout } = alerts("--list");
    expect(status).toBe(0);
    const names = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toEqual(FAULTS.map(({ name }) => name));
  });

  it.each([
    [["flood"], 'There is no fault "flood". There are: clients-cut-off, '],
    [["--all"], "Unknown option '--all'"],
  ])("refuses %j, says why and what there is, and touches nothing", (args, message) => {
    const { status, stdout, stderr } = alerts(...args);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("npm run test:alerts [-- OPTIONS] [NAME ...]");
  });
});
