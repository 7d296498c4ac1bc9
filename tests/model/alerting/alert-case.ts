/** What a rule says of series that are made up, at moments of which the boundary is one. */
export interface AlertCase {
  /** A sentence. */
  readonly title: string;
  /** Values by series, in promtool's notation; the label `cluster` is added
   * where it is not said. */
  readonly series: Readonly<Record<string, string>>;
  /** Time between two values. @default 15s */
  readonly interval?: "15s" | "1m" | "15m";
  /**
   * From when on its expression holds, in seconds: one interval before the alert's `for` has passed it is silent,
   * and then it fires.
   */
  readonly since?: number;
  /** Labels of what fires then, besides those that every alert of the rule has. @default nothing */
  readonly fires?: readonly Readonly<Record<string, string>>[];
  /** The description of each of them. @default not looked at */
  readonly says?: string | readonly string[];
  /** Until when it certainly fires, in seconds. @default not looked at */
  readonly still?: number;
  /** When it is silent, in seconds. */
  readonly silent?: readonly number[];
}

/** Cases by alert, and by the severity and the labels that tell its conditions apart. */
export type AlertCases = Readonly<Record<string, readonly AlertCase[]>>;

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

/** A value that is held for so many seconds, at one value every `interval`. */
export const held = (value: number | string, seconds: number, interval = 15): string => {
  const samples = Math.round(seconds / interval);
  return value === "_" ? `_x${samples}` : `${value}x${samples - 1}`;
};

/** A value that changes by `step` with each sample, for so many seconds. */
export const rising = (from: number, step: number, seconds: number, interval = 15): string =>
  `${from}${step < 0 ? "" : "+"}${step}x${Math.round(seconds / interval)}`;

/** One after the other. */
export const inTurn = (...parts: readonly string[]): string => parts.join(" ");
