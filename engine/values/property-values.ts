import { type Properties, UNKNOWN, type Value } from "./value.ts";
import { SECRET_WORD, UNKNOWN_WORD } from "../../model/values/shown-words.ts";

const SECRET: unique symbol = Symbol("secret");

/** A value that must never be shown or stored in the clear. */
export interface Secret {
  readonly [SECRET]: PropertyValue;
}

/** Marks a value as secret. */
export function secret(value: PropertyValue): Secret {
  return isSecret(value) ? value : { [SECRET]: value };
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** The value under the mark. */
export function unwrap(value: Secret): PropertyValue {
  return value[SECRET];
}

/** A {@link Value} in which secrets are marked, at any depth. */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | Secret
  | readonly PropertyValue[]
  | PropertyMap;

export interface PropertyMap {
  readonly [key: string]: PropertyValue;
}

/** A value ready to be shown: plain JSON, secrets and unknowns replaced by words. */
export type DisplayValue =
  | null
  | boolean
  | number
  | string
  | readonly DisplayValue[]
  | { readonly [key: string]: DisplayValue };

export type DisplayProperties = Readonly<Record<string, DisplayValue>>;

/** `Array.isArray`, which by itself does not narrow a readonly array. */
export function isArray<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !isArray(value) && !isSecret(value);
}

/** A copy of `map` with each value changed. Safe for any key, `__proto__` included. */
export function mapValues<From, To>(
  map: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

/** What drivers see: secrets unwrapped. */
export function reveal(value: PropertyValue): Value {
  if (isSecret(value)) return reveal(unwrap(value));
  if (isArray(value)) return value.map(reveal);
  return isMap(value) ? mapValues(value, reveal) : value;
}

export function revealAll(map: PropertyMap): Properties {
  return mapValues(map, reveal);
}

/** What people see: unknowns, and unless asked otherwise secrets, replaced by words. */
export function display(value: PropertyValue, showSecrets = false): DisplayValue {
  if (isSecret(value)) return showSecrets ? display(unwrap(value), true) : SECRET_WORD;
  if (value === UNKNOWN) return UNKNOWN_WORD;
  if (isArray(value)) return value.map((element) => display(element, showSecrets));
  return isMap(value) ? displayAll(value, showSecrets) : value;
}

export function displayAll(map: PropertyMap, showSecrets = false): DisplayProperties {
  return mapValues(map, (value) => display(value, showSecrets));
}

/** Whether `test` holds for the value or for anything inside it. */
function some(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (isSecret(value)) return some(unwrap(value), test);
  if (isArray(value)) return value.some((element) => some(element, test));
  return isMap(value) && Object.values(value).some((element) => some(element, test));
}

export function containsSecret(value: PropertyValue): boolean {
  return some(value, isSecret);
}

export function containsUnknown(value: PropertyValue): boolean {
  return some(value, (part) => part === UNKNOWN);
}

/**
 * Marks in `plain` what was secret in `pattern`, the value it was made from. Objects are followed
 * key by key; a list is secret as a whole as soon as one element was, because a driver may have
 * sorted it, and so is an object that lost the key its secret was under.
 */
export function markLike(plain: Value, pattern: PropertyValue): PropertyValue {
  if (!containsSecret(pattern)) return plain;
  if (!isMap(plain) || !isMap(pattern)) return secret(plain);
  const lost = Object.keys(pattern).some((key) => {
    const part = pattern[key];
    return part !== undefined && containsSecret(part) && !Object.hasOwn(plain, key);
  });
  return lost ? secret(plain) : markAllLike(plain, pattern);
}

/** {@link markLike} for every property of the same name. */
export function markAllLike(
  plain: Properties,
  pattern: PropertyMap,
): Record<string, PropertyValue> {
  return mapValues(plain, (value, key) => {
    const like = Object.hasOwn(pattern, key) ? pattern[key] : undefined;
    return like === undefined ? value : markLike(value, like);
  });
}

/** Deep equality. A secret differs from the same value unmarked. */
export function equal(left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  if (isSecret(left)) return isSecret(right) && equal(unwrap(left), unwrap(right));
  if (isArray(left)) {
    return (
      isArray(right) &&
      left.length === right.length &&
      left.every((element, index) => equal(element, right[index]))
    );
  }
  if (!isMap(left) || !isMap(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]))
  );
}
