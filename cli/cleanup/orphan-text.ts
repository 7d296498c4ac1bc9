import type { Claim, Orphan } from "./orphans.ts";
import type { Removal } from "./prune.ts";
import { textTable } from "../terminal/text-table.ts";

const HEADINGS: readonly (readonly [Claim, string])[] = [
  ["ours", "Declared nowhere, and ours:"],
  ["unclaimed", "Declared nowhere, and perhaps somebody else's; --owned NAME makes it ours:"],
  ["kept", "Declared nowhere, and stays:"],
];

/** What a orphan is, in one line of a table. */
const row = (orphan: Orphan): string[] => {
  const partitions = orphan.kind === "topic" ? orphan.topic.partitions : 0;
  const size =
    partitions === 0 ? "" : ` (${partitions === 1 ? "1 partition" : `${partitions} partitions`})`;
  return [`  ${orphan.kind}`, `${orphan.name}${size}`, orphan.cause];
};

/** Everything found, by whose it is, for a terminal. */
export function orphanLines(found: readonly Orphan[]): string[] {
  if (found.length === 0) return ["Everything in the cluster is declared."];
  return HEADINGS.flatMap(([claim, heading]) => {
    const some = found.filter((orphan) => orphan.claim === claim);
    return some.length === 0 ? [] : [heading, ...textTable(some.map(row)), ""];
  }).slice(0, -1);
}

/** What came of each that was to go. */
export const removalLines = (removals: readonly Removal[]): string[] =>
  removals.map(({ orphan, error, overwritten }) => {
    const what = `${orphan.kind} ${orphan.name}`;
    if (error) return `! ${what}: ${error.message}`;
    return overwritten
      ? `- ${what}: overwritten with a password nobody has; this volume has no anchor account, so it stays`
      : `- ${what}`;
  });
