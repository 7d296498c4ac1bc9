/** The words of a verdict. */

/** `90 s`, `12 min`, `3 h`: what a person compares. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return "of unknown age";
  if (seconds < 120) return `${String(Math.round(seconds))} s`;
  return seconds < 7200
    ? `${String(Math.round(seconds / 60))} min`
    : `${String(Math.round(seconds / 3600))} h`;
}

export const named = (part: string) => part.replaceAll("_", " ");
export const count = (number: number, word: string) =>
  `${number} ${word}${number === 1 ? "" : "s"}`;
export const more = (others: readonly unknown[]) =>
  others.length === 0 ? "" : `, and so ${others.length === 1 ? "is" : "are"} ${others.length} more`;
export const list = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
export const sum = <T>(all: readonly T[], of: (one: T) => number) =>
  all.reduce((total, one) => total + of(one), 0);
