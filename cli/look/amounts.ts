/** Figures for a terminal; what is not known is never shown as 0. */
const UNKNOWN = "?";

export const countText = (count: number | undefined): string =>
  count === undefined ? UNKNOWN : Math.round(count).toLocaleString("en");

const SIZES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** `1.5 GiB`. */
export function sizeText(bytes: number | undefined): string {
  if (bytes === undefined) return UNKNOWN;
  const step = bytes < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** step;
  return `${String(Math.round(amount * 10) / 10)} ${SIZES[step] ?? ""}`;
}

/** `45 s`, `12 min`, `3.5 h`, `2 d`, and `never` for what does not end. */
export function secondsText(seconds: number | undefined): string {
  if (seconds === undefined) return UNKNOWN;
  if (seconds === Infinity) return "never";
  const [amount, unit] =
    seconds < 120
      ? [seconds, "s"]
      : seconds < 7_200
        ? [seconds / 60, "min"]
        : seconds < 172_800
          ? [seconds / 3_600, "h"]
          : [seconds / 86_400, "d"];
  return `${String(Math.round(amount * 10) / 10)} ${unit}`;
}

export const shareText = (part: number, whole: number): string =>
  whole === 0 ? UNKNOWN : `${String(Math.floor((part / whole) * 100))} %`;
