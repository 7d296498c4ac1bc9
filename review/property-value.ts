import { isSecretValue, revealed, UNKNOWN } from "../policy/resource.ts";
import { SECRET_WORD, UNKNOWN_WORD } from "../model/values/shown-words.ts";

/** A value as it is shown: plain JSON, with words for what is secret or not yet known. */
export type ShownValue =
  null | boolean | number | string | readonly ShownValue[] | { readonly [key: string]: ShownValue };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isSecretValue(value);

/** Never shows a secret. */
export function shown(value: unknown): ShownValue {
  if (isSecretValue(value)) return SECRET_WORD;
  if (value === UNKNOWN) return UNKNOWN_WORD;
  if (Array.isArray(value)) return value.map(shown);
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part)]));
  }
  return value as ShownValue;
}

/** Deep equality. What is unknown on both sides counts as equal; a secret differs from a plain value. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (isSecretValue(one) || isSecretValue(other)) {
    return isSecretValue(one) && isSecretValue(other) && same(revealed(one), revealed(other));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((part, index) => same(part, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  );
}

/** The value at a path of keys; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

/** A known number, in whatever type it was written. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === "number") return found;
  return typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found))
    ? Number(found)
    : undefined;
}

/** A known text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}
