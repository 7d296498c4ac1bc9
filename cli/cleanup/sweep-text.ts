import type { Claim, Stray } from "./strays.ts";
import type { Removal } from "./sweep.ts";
import { textTable } from "../terminal/text-table.ts";

const HEADINGS: readonly (readonly [Claim, string])[] = [
  ["ours", "Declared nowhere, and ours:"],
  ["unclaimed", "Declared nowhere, and perhaps somebody else's; --owned NAME makes it ours:"],
  ["kept", "Declared nowhere, and stays:"],
];

/** What a stray is, in one line of a table. */
const row = (stray: Stray): string[] => {
  const partitions = stray.kind === "topic" ? stray.topic.partitions : 0;
  const size =
    partitions === 0 ? "" : ` (${partitions === 1 ? "1 partition" : `${partitions} partitions`})`;
  return [`  ${stray.kind}`, `${stray.name}${size}`, stray.cause];
};

/** Everything found, by whose it is, for a terminal. */
export function strayLines(found: readonly Stray[]): string[] {
  if (found.length === 0) return ["Everything in the cluster is declared."];
  return HEADINGS.flatMap(([claim, heading]) => {
    const some = found.filter((stray) => stray.claim === claim);
    return some.length === 0 ? [] : [heading, ...textTable(some.map(row)), ""];
  }).slice(0, -1);
}

/** What came of each that was to go. */
export const removalLines = (removals: readonly Removal[]): string[] =>
  removals.map(({ stray, error, overwritten }) => {
    const what = `${stray.kind} ${stray.name}`;
    if (error) return `! ${what}: ${error.message}`;
    return overwritten
      ? `- ${what}: overwritten with a password nobody has; this volume has no anchor account, so it stays`
      : `- ${what}`;
  });
