import { createInterface } from "node:readline/promises";
import { UserError } from "../../model/values/user-error.ts";
import { isSet } from "./arguments.ts";
import type { Arguments } from "./command.ts";

/** Whether somebody is there to answer. */
export const isInteractive = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on the terminal; anything but yes is no. Without a terminal the answer is no. */
export async function confirm(question: string): Promise<boolean> {
  if (!isInteractive()) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** Asks before something is done, unless `--yes` is given. @throws UserError unless somebody agrees */
export async function confirmed(args: Arguments, question: string): Promise<void> {
  if (isSet(args, "yes")) return;
  if (!isInteractive()) {
    throw new UserError(`${question} There is no terminal to ask on: pass --yes.`);
  }
  if (!(await confirm(question))) throw new UserError("Nothing was changed.");
}
