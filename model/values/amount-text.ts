import { BYTES, MILLISECONDS } from "./units.ts";

/** Amounts as people read them. */

/** The largest first. */
const SIZES = Object.entries(BYTES).reverse();
const DURATIONS = Object.entries(MILLISECONDS).reverse();

/** Bytes of an estimate, with three figures: `8.01 GiB`, `128 MiB`. */
export function sizeText(bytes: number): string {
  const [unit, factor] = SIZES.find(([, size]) => Math.round(bytes) >= size) ?? ["B", 1];
  return `${figures(bytes / factor)} ${unit}`;
}

/** Bytes as somebody set them: `1 GiB`, or `about 1.05 MiB`. */
export const exactSizeText = (bytes: number): string => exact(bytes, SIZES, " ");

/** Milliseconds as somebody set them: `7d`, `36h`, or `about 1.20h`. */
export const durationText = (milliseconds: number): string => exact(milliseconds, DURATIONS, "");

/** In the largest unit that it is a whole number of, and not too large a one to read. */
function exact(
  amount: number,
  units: readonly (readonly [string, number])[],
  space: string,
): string {
  if (amount === 0) return `0${space}${units.at(-1)?.[0] ?? ""}`;
  const whole = units.find(([, size]) => amount % size === 0 && amount / size < 10_000);
  if (whole) return `${amount / whole[1]}${space}${whole[0]}`;
  const [unit, size] = units.find(([, factor]) => amount >= factor) ?? ["", 1];
  return `about ${(amount / size).toFixed(2)}${space}${unit}`;
}

/** A number with three figures, or all those before the point. */
export const figures = (amount: number): string =>
  amount >= 100
    ? Math.round(amount).toLocaleString("en-US")
    : String(Number(amount.toPrecision(3)));

/** A share as a whole percentage: `71 %`. */
export const percentText = (share: number): string =>
  `${Math.round(share * 100).toLocaleString("en-US")} %`;
