/** What was measured as a table of Markdown. Pure. */
import type { Measured } from "../measured.ts";

const COLUMNS: readonly (readonly [string, (one: Measured) => string])[] = [
  ["alert", ({ alert }) => alert],
  ["fault", ({ what }) => what],
  ["told", toldOf],
  ["after", ({ after }) => duration(after)],
  ["at most", ({ within }) => duration(within)],
  ["over after", ({ resolved }) => duration(resolved)],
];

function toldOf({ kind, by = [] }: Measured): string {
  if (kind === "called") return "somebody is called";
  if (kind === "shown") return "is only shown";
  return `held back by ${by.join(", ")}`;
}

const duration = (seconds: number | undefined): string =>
  seconds === undefined ? "" : `${String(seconds)} s`;

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

export const table = (measured: readonly Measured[]): string =>
  [
    line(COLUMNS.map(([name]) => name)),
    line(COLUMNS.map(() => "---")),
    ...measured.map((one) => line(COLUMNS.map(([, cell]) => cell(one)))),
  ].join("\n");
