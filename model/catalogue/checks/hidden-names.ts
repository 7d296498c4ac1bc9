/**
 * Names that JavaScript keeps for itself: what is declared under `__proto__` is no entry of its object, so
 * that nobody would ever see it.
 */
export function hiddenNames(domain: unknown): string[] {
  return ["topics", "accounts"].flatMap((part) => {
    const { [part]: names } = Object(domain) as Record<string, unknown>;
    return isHiding(names)
      ? [
          `${part}.__proto__: the key does not fit; wanted another name, since JavaScript keeps this one`,
        ]
      : [];
  });
}

function isHiding(names: unknown): boolean {
  if (typeof names !== "object" || names === null || Array.isArray(names)) return false;
  const prototype: unknown = Object.getPrototypeOf(names);
  const isPlain = prototype === Object.prototype || prototype === null;
  return !isPlain || Object.hasOwn(names, "__proto__");
}
