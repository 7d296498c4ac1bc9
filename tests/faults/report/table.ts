/** Results as a table of Markdown. Pure. */
import type { Result } from "../run-scenario.ts";
import type { Scenario } from "../scenario.ts";

const COLUMNS: readonly (readonly [string, (result: Result) => string])[] = [
  ["scenario", ({ name }) => `\`${name}\``],
  ["what happens", ({ title }) => title],
  ["acknowledged", ({ verdict }) => count(verdict?.acknowledged)],
  ["lost", ({ verdict }) => count(verdict?.faults.lost)],
  ["twice", ({ verdict }) => count(verdict?.faults.duplicated)],
  ["out of order", ({ verdict }) => count(verdict?.faults.reordered)],
  ["refused", ({ verdict }) => count(verdict?.failed)],
  ["p50", ({ verdict }) => duration(verdict?.p50Ms)],
  ["p99", ({ verdict }) => duration(verdict?.p99Ms)],
  ["p99, worst 10 s", ({ verdict }) => duration(verdict?.worst10sP99Ms)],
  ["longest gap", ({ verdict }) => duration(verdict?.longestGapMs)],
  ["under min ISR", ({ verdict }) => duration(verdict?.underMinIsrMs)],
  [
    "besides",
    ({ measured }) =>
      measured.map(({ what, seconds }) => `${what}: ${duration(seconds * 1000)}`).join("; "),
  ],
  ["verdict", verdictOf],
];

function verdictOf({ broken, late = [] }: Result): string {
  if (broken.length > 0) return "**broken**";
  return late.length > 0 ? "**too slow**" : "kept";
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** One row of the table. */
export const row = (result: Result): string => line(COLUMNS.map(([, cell]) => cell(result)));

/** The whole table. A scenario without a result says so. */
export function table(results: readonly (readonly [Scenario, Result | undefined])[]): string {
  const head = [line(COLUMNS.map(([name]) => name)), line(COLUMNS.map(() => "---"))];
  const rows = results.map(([{ name, title }, result]) =>
    result === undefined
      ? line([`\`${name}\``, title, ...COLUMNS.slice(3).map(() => ""), "not run"])
      : row(result),
  );
  return [...head, ...rows].join("\n");
}

const count = (value: number | undefined): string =>
  value === undefined ? "" : value.toLocaleString("en-US");

function duration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "";
  return milliseconds < 1000
    ? `${String(Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
