import { UNKNOWN } from "../values/value.ts";
import {
  equal,
  isArray,
  isMap,
  isSecret,
  mapValues,
  type PropertyMap,
  type PropertyValue,
  reveal,
  secret,
  unwrap,
} from "../values/property-values.ts";

/**
 * What a planner compares in place of a resource's old and new inputs, where the values themselves
 * would tell of differences that are none.
 */
export type Comparable = (
  old: PropertyMap,
  next: PropertyMap,
  urn: string,
) => readonly [PropertyMap, PropertyMap];

/** Two values that nobody knows yet are the same value: a marker that drivers can compare. */
const NOT_YET_KNOWN = "(known after up)";

/**
 * `next`, with the old value wherever the two cannot be told apart: a secret whose old value is
 * withheld, and what was computed from withheld values, which is where `next` and `control`, the same
 * program run with other stand-ins for them, disagree.
 *
 * @param onWithheld hears the path of every plain value that was computed from withheld ones
 */
export function withoutGuesses(
  old: PropertyMap,
  next: PropertyMap,
  control: PropertyMap,
  onWithheld: (path: string) => void = () => undefined,
): PropertyMap {
  return mapValues(next, (value, key) =>
    withoutGuess(own(old, key), value, own(control, key), key, onWithheld),
  );
}

function withoutGuess(
  old: PropertyValue | undefined,
  next: PropertyValue,
  control: PropertyValue | undefined,
  path: string,
  onWithheld: (path: string) => void,
): PropertyValue {
  if (old === undefined) return next;
  if (isSecret(next)) {
    if (!isSecret(old)) return next;
    const guessed = unwrap(old) === UNKNOWN || !equal(next, control);
    return guessed ? old : next;
  }
  if (isMap(next) && isMap(old)) {
    const other = isMap(control) ? control : {};
    return mapValues(next, (value, key) =>
      withoutGuess(own(old, key), value, own(other, key), `${path}.${key}`, onWithheld),
    );
  }
  if (isArray(next) && isArray(old) && next.length === old.length) {
    const other = isArray(control) ? control : [];
    return next.map((value, index) =>
      withoutGuess(old[index], value, other[index], `${path}[${index}]`, onWithheld),
    );
  }
  if (equal(next, control)) return next;
  onWithheld(path);
  return old;
}

/** For stand-ins of secrets, which say nothing about the secrets themselves. */
export const alikeWhereSecret: Comparable = (old, next) => [
  old,
  mapValues(next, (value, key) => alike(own(old, key), value)),
];

function alike(old: PropertyValue | undefined, next: PropertyValue): PropertyValue {
  if (old === undefined) return next;
  if (isSecret(next)) return isSecret(old) ? old : next;
  if (isArray(next) && isArray(old) && next.length === old.length) {
    return next.map((value, index) => alike(old[index], value));
  }
  if (!isMap(next) || !isMap(old)) return next;
  return mapValues(next, (value, key) => alike(own(old, key), value));
}

const own = (map: PropertyMap, key: string): PropertyValue | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

/** For drivers, which take one unknown value for different from another one. */
export const pinUnknowns = (map: PropertyMap): PropertyMap => mapValues(map, pinned);

function pinned(value: PropertyValue): PropertyValue {
  if (value === UNKNOWN) return NOT_YET_KNOWN;
  if (isSecret(value)) return secret(pinned(unwrap(value)));
  if (isArray(value)) return value.map(pinned);
  return isMap(value) ? mapValues(value, pinned) : value;
}

/** Keys whose values differ, whatever of them is secret. */
export function changedKeys(old: PropertyMap, next: PropertyMap): string[] {
  const keys = new Set([...Object.keys(old), ...Object.keys(next)]);
  return [...keys].filter((key) => {
    const before = old[key];
    const after = next[key];
    if (before === undefined || after === undefined) return before !== after;
    return !equal(reveal(before), reveal(after));
  });
}
