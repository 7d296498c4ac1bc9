/** A key, or a place in a list. */
export type Path = readonly (string | number)[];

/** Instead of a value: what is there is taken away. */
export const REMOVED = Symbol("removed");

/** A copy of `at` with another value at a place in it, which is made where it is not there. */
export const placed = (at: unknown, path: Path, value: unknown): unknown =>
  placedBy(at, path, () => value);

/** The same; the new value is made of the old one. */
export function placedBy(
  at: unknown,
  [key, ...rest]: Path,
  change: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return change(at);
  if (Array.isArray(at)) {
    return at.map((one: unknown, n) => (n === key ? placedBy(one, rest, change) : one));
  }
  const { [key]: inner, ...others } = (at ?? {}) as Record<string | number, unknown>;
  const put = placedBy(inner, rest, change);
  return put === REMOVED ? others : { ...others, [key]: put };
}
