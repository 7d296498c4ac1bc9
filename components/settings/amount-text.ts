/** Amounts as people read them. */

const SIZES = [
  ["TiB", 2 ** 40],
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["KiB", 2 ** 10],
  ["B", 1],
] as const;

const DURATIONS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/** Bytes with three figures: `8.01 GiB`, `128 MiB`. */
export function sizeText(bytes: number): string {
  const [unit, factor] = SIZES.find(([, size]) => Math.round(bytes) >= size) ?? ["B", 1];
  return `${figures(bytes / factor)} ${unit}`;
}

/** Milliseconds in the largest unit that they are a whole number of: `7d`, `36h`. */
export function durationText(milliseconds: number): string {
  const [unit, factor] = DURATIONS.find(([, length]) => milliseconds % length === 0) ?? ["ms", 1];
  return `${milliseconds / factor}${unit}`;
}

/** A number with three figures, or all those before the point. */
export const figures = (amount: number): string =>
  amount >= 100
    ? Math.round(amount).toLocaleString("en-US")
    : String(Number(amount.toPrecision(3)));

/** A share as a whole percentage: `71 %`. */
export const percentText = (share: number): string =>
  `${Math.round(share * 100).toLocaleString("en-US")} %`;
