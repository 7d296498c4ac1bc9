import type { Result } from "../run-scenario.ts";
import { row } from "./table.ts";

/** Prints a result: its row of the table, the longest gap, and what was not as promised. */
export function tell(result: Result): void {
  console.log(row(result));
  if (result.verdict) {
    const { longestGapOf, longestGapBeganMs } = result.verdict;
    const second = String(Math.round(longestGapBeganMs / 1000));
    console.log(`the longest gap was that of ${longestGapOf}, from second ${second} on`);
  }
  for (const complaint of result.broken) console.log(`FAILED: ${complaint}`);
  for (const complaint of result.late ?? []) console.log(`TOO SLOW: ${complaint}`);
}
