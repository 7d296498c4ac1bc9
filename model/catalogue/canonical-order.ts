/**
 * The value with every list in it in one order, whatever order it was written in. Only for values
 * whose lists are sets, such as grants: where they are reordered, nothing shall look changed.
 */
export function canonicalOrder<T>(value: T): T {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const sorted = items
      .map((item) => canonicalOrder(item))
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.map(([, item]) => item) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => [
    key,
    canonicalOrder(item),
  ]);
  return Object.fromEntries(entries) as T;
}
