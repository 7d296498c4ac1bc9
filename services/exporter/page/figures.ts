import { html, type Html } from "./html.ts";

/** What is shown where nothing is known: never a number. */
const UNKNOWN = html`<span class="unknown" title="not known">–</span>`;

/** 1234567 as 1.23 M. */
export const amount = (value: number | undefined): Html | string =>
  value === undefined ? UNKNOWN : scaled(value, 1000, ["", "k", "M", "G", "T"]);

export const bytes = (value: number | undefined): Html | string =>
  value === undefined ? UNKNOWN : scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);

export const rate = (perSecond: number | undefined): Html | string =>
  perSecond === undefined ? UNKNOWN : `${scaled(perSecond, 1000, ["", "k", "M", "G"])}/s`;

/** Seconds in the largest two units: 3 h 5 min. */
export function duration(seconds: number | undefined, never: string): Html | string {
  if (seconds === undefined) return UNKNOWN;
  if (seconds === Infinity) return never;
  if (seconds < 1) return "0 s";
  const units = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3600) % 24],
    ["min", Math.floor(seconds / 60) % 60],
    ["s", Math.floor(seconds) % 60],
  ] as const;
  const first = units.findIndex(([, value]) => value > 0);
  return units
    .slice(first, first + 2)
    .filter(([, value]) => value > 0)
    .map(([unit, value]) => `${value} ${unit}`)
    .join(" ");
}

/** The course of a rate, without axes: what matters is its shape. */
export function sparkline(values: readonly number[], label: string): Html | string {
  if (values.length < 2) return "";
  const [width, height] = [80, 20];
  const top = Math.max(...values, Number.MIN_VALUE);
  const points = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * width;
      const y = height - 1 - (value / top) * (height - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    <polyline points="${points}" />
  </svg>`;
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let [left, unit] = [value, 0];
  while (left >= step && unit < units.length - 1) {
    left /= step;
    unit += 1;
  }
  const text = left >= 100 || Number.isInteger(left) ? left.toFixed(0) : left.toPrecision(3);
  return `${text} ${units[unit] ?? ""}`.trim();
}
