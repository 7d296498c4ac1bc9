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
  readonly unit: "×" | "MB";
  /** What was compared, with the times behind it. */
  readonly how: string;
}

export const isMet = ({ measured, limit, wanted }: Figure): boolean =>
  wanted === "at most" ? measured <= limit : measured >= limit;

export function printTable(figures: readonly Figure[]): void {
  for (const figure of figures) {
    const { what, measured, limit, wanted, unit, how } = figure;
    const digits = unit === "×" ? 2 : 0;
    const row = [
      what.padEnd(34),
      `${measured.toFixed(digits)} ${unit}`.padStart(10),
      `${wanted} ${limit.toString()} ${unit}`.padEnd(16),
      isMet(figure) ? "met   " : "MISSED",
    ];
    console.log(`${row.join("  ")}  ${how}`);
  }
}
