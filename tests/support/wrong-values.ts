/** What somebody may write, or a disk may make, of any value of a file. */
export const WRONG_VALUES: readonly unknown[] = [
  ...[null, "", "\u0000", "x".repeat(100_000), "../../etc/passwd", "__proto__"],
  ...[-1, 0.5, 1e308, Number.NaN, true, [], [[]], {}, { __proto__: null, a: {} }],
];

export type Place = readonly (string | number)[];

/** The place of every value in a document, and of every list and map. */
export function placesIn(value: unknown, at: Place = []): Place[] {
  if (value === null || typeof value !== "object") return [at];
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...inside.flatMap(([key, one]) => placesIn(one, [...at, key]))];
}

/** The same document with another value in one place. */
export function changedAt(value: unknown, [key, ...rest]: Place, to: unknown): unknown {
  if (key === undefined) return to;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  return Object.assign(copy, {
    [key]: changedAt((copy as Record<string | number, unknown>)[key], rest, to),
  });
}

/** Every document with one wrong value in one place. */
export const withWrongValues = (document: unknown): unknown[] =>
  placesIn(document).flatMap((place) =>
    WRONG_VALUES.map((wrong) => changedAt(document, place, wrong)),
  );
