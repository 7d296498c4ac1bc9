import { vi } from "vitest";
import { run } from "../../cli/run.ts";
import { UserError } from "../../model/values/user-error.ts";
import { declaringOnly } from "../support/catalogue.ts";

/** As {@link runCommand}, as a user calls it whose environment has nothing else. */
export async function runCommandIn(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
) {
  const before = process.env;
  // What Node and the test runner are told by stays.
  const kept = Object.entries(before).filter(([name]) => /^(NODE|VITEST)/.test(name));
  process.env = { ...Object.fromEntries(kept), ...environment };
  try {
    return await runCommand(...args);
  } finally {
    process.env = before;
  }
}

/** A command in this process, which is ten times as fast as one in a process of its own. */
export async function runCommand(...args: readonly string[]) {
  let stdout = "";
  let stderr = "";
  const spies = [
    vi.spyOn(console, "log").mockImplementation((text: unknown) => {
      stdout += `${String(text)}\n`;
    }),
    vi.spyOn(console, "error").mockImplementation((text: unknown) => {
      stderr += `${String(text)}\n`;
    }),
  ];
  try {
    return { status: await run(args), stdout, stderr };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: 1, stdout, stderr: `${stderr}error: ${error.message}\n` };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** A command on other domains than those of `topics/`. */
export const runOn =
  (domains: Readonly<Record<string, unknown>>) =>
  (...args: readonly string[]) =>
    declaringOnly(domains, () => runCommand(...args));
