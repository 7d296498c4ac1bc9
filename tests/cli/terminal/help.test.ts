import { expect, test, vi } from "vitest";
import { COMMANDS, FORMER_NAMES } from "../../../cli/command-table.ts";
import { configFlags, FORMAT, stackFlags, YES } from "../../../cli/terminal/command.ts";
import { commandHelp } from "../../../cli/terminal/usage.ts";
import { runCommand } from "../run-command.ts";

test.each([[[]], [["--help"]], [["-h"]], [["help"]]])(
  "%j lists every command with its summary, and the exit codes",
  async (args) => {
    const { status, stdout, stderr } = await runCommand(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const { name, group, summary } of COMMANDS) {
      expect(stdout).toContain(`\n${group}:\n`);
      expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
      expect(stdout).toContain(summary);
    }
    expect(stdout).toContain("Exit codes: 0 fine, 1 error, 2 something needs a person.");
  },
);

test("a summary is one short line without a full stop", () => {
  for (const { summary } of COMMANDS) expect(summary).toMatch(/^[a-z].{10,71}[^.]$/);
});

test.each([[["client", "--help"]], [["client", "shop", "--help"]], [["help", "client"]]])(
  "%j explains the command and runs nothing",
  async (args) => {
    const { status, stdout } = await runCommand(...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Usage: kafka-platform client ACCOUNT \[flags\]\n\nWrite what a client/,
    );
    expect(stdout).toContain("  --stack NAME ");
  },
);

test("the Pulumi CLI explains its own commands", async () => {
  expect((await runCommand("pulumi", "--help")).stdout).toMatch(
    /^Usage: kafka-platform pulumi …\n/,
  );
  vi.stubEnv("PATH", "/usr/bin:/bin");
  expect((await runCommand("pulumi", "up", "--help")).stderr).toContain(
    "The Pulumi CLI is not on the PATH",
  );
  vi.unstubAllEnvs();
});

test("a flag with a long choice has a line to itself, and takes no room from the others", () => {
  const flags = {
    short: { type: "string", value: "NAME", description: "a name" },
    long: { type: "string", value: "one|".repeat(12), description: "a choice" },
  } as const;
  const load = () => Promise.reject(new Error("not loaded"));
  const entry = { name: "try", group: "g", summary: "try it", load };
  const help = commandHelp(entry, { flags, run: () => Promise.resolve(0) });
  expect(help.split("\n").slice(-4)).toEqual([
    "  --short NAME  a name",
    `  --long ${"one|".repeat(12)}`,
    "                a choice",
    "  --help        show this",
  ]);
});

test("flags that several commands take are the same ones, and help fits a terminal", async () => {
  const shared = { ...configFlags, ...stackFlags, yes: YES };
  for (const entry of COMMANDS) {
    const { command } = await entry.load();
    for (const [flag, own] of Object.entries(command.flags)) {
      const isImageStack = entry.name === "image" && flag === "stack";
      if (flag in shared && !isImageStack) expect(own).toBe(shared[flag as keyof typeof shared]);
      if (flag === "format" && own.value === FORMAT.value) expect(own).toBe(FORMAT);
    }
    const widest = Math.max(
      ...commandHelp(entry, command)
        .split("\n")
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(100);
  }
});

test("a misspelt command is refused with the one that was probably meant", async () => {
  expect(await runCommand("destory")).toEqual({
    status: 1,
    stdout: "",
    stderr:
      'error: There is no command "destory". Did you mean "destroy"? ' +
      "`npx kafka-platform --help` lists all of them.\n",
  });
});

test("a command's old name still works and says the new one on standard error", async () => {
  for (const [old, now] of Object.entries(FORMER_NAMES)) {
    const { status, stdout, stderr } = await runCommand(old, "--help");
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: kafka-platform ${now} `);
    expect(stderr).toBe(
      `warning: \`${old}\` is called \`npx kafka-platform ${now}\` now; the old name goes with the next release.\n`,
    );
  }
});

test("--version prints one line", async () => {
  expect((await runCommand("--version")).stdout).toMatch(/^kafka-platform \d+\.\d+\.\d+\n$/);
});
