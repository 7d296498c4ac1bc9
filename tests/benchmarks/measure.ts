/** Seconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

export const seconds = (value: number): string => `${value.toFixed(2)} s`;

/** One line of a benchmark's table. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  /** Which side of the limit is good. */
  readonly wanted: "at most" | "at least";
  readonly unit: "×" | "MB" | "ms" | "s";
  /** What was compared, with the times behind it. */
  readonly how: string;
  /** Why the number says nothing, such as noise above the limit; it then counts as missed. */
  readonly doubt?: string | undefined;
}

export const isMet = ({ measured, limit, wanted, doubt }: Figure): boolean =>
  doubt === undefined && (wanted === "at most" ? measured <= limit : measured >= limit);

/** A line of the table, as soon as it is known: what comes after it may take minutes. */
export function print(figure: Figure): void {
  const { what, measured, limit, wanted, unit, how, doubt } = figure;
  const row = [
    what.padEnd(34),
    `${measured.toFixed(unit === "MB" ? 0 : 2)} ${unit}`.padStart(10),
    `${wanted} ${limit.toString()} ${unit}`.padEnd(16),
    doubt === undefined ? (isMet(figure) ? "met    " : "MISSED ") : "UNCLEAR",
  ];
  console.log(`${row.join("  ")}  ${how}${doubt === undefined ? "" : `; ${doubt}`}`);
}
