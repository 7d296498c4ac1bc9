import { createInterface } from "node:readline/promises";

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
