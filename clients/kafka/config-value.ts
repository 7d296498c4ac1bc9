/**
 * Whether Kafka reads both texts as the same value: it trims, knows `TRUE` from `true` no better
 * than we do, and prints `0060000` as `60000` and `compact, delete` as `compact,delete`.
 */
export function sameConfigValue(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: string): string {
  const text = value.trim();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase();
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
    // Integers as BigInt: Long.MAX_VALUE is a common value and beyond a double.
    return /^[+-]?\d+$/.test(text) ? BigInt(text.replace("+", "")).toString() : `${Number(text)}`;
  }
  return text.split(/\s*,\s*/).join(",");
}
