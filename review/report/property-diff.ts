import { isSecretValue } from "../../policy/resource.ts";
import type { Change } from "../change.ts";
import { isRecord, same, shown, type ShownValue } from "../property-value.ts";
import { humanValue } from "../human-value.ts";
import { differingParts } from "./value-parts.ts";

/** One value, as it is recorded, and in units people use where that says more. */
export interface Shown {
  readonly raw: ShownValue;
  readonly human?: string;
}

/** One property that differs. */
export interface PropertyDiff {
  /**
   * Keys from the outside in, joined by dots; list elements in brackets, by name or index, and so the keys of
   * Java properties. `[]`, `[line]` and `[part]` are an element, a line and a word that one side has.
   */
  readonly path: string;
  /** Absent where the property is new. */
  readonly before?: Shown;
  /** Absent where the property goes. */
  readonly after?: Shown;
  /** Needs a new object. */
  readonly replaces: boolean;
}

const ANOTHER_SECRET = "[another secret]";

/** What differs between the recorded and the declared properties, down to single values. */
export function propertyDiffs(change: Change): PropertyDiff[] {
  const { type, before, after, replaceKeys } = change;
  if (before === undefined || after === undefined) return [];
  const diffs: PropertyDiff[] = [];
  const replaces = (path: string): boolean =>
    replaceKeys.some(
      (key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
    );
  const compare = (path: string, old: unknown, next: unknown): void => {
    if (same(old, next)) return;
    if (isRecord(old) && isRecord(next)) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
        const inner = path === "" ? key : `${path}.${key}`;
        compare(inner, own(old, key), own(next, key));
      }
      return;
    }
    const parts = differingParts(old, next);
    if (parts) {
      for (const [suffix, one, other] of parts) compare(path + suffix, one, other);
      return;
    }
    if (Array.isArray(old) && Array.isArray(next) && old.length === next.length) {
      old.forEach((part, index) => compare(`${path}[${String(index)}]`, part, next[index]));
      return;
    }
    const hidden = isSecretValue(old) && isSecretValue(next);
    diffs.push({
      path,
      ...(old !== undefined && { before: view(type, path, old) }),
      ...(next !== undefined && {
        after: hidden ? { raw: ANOTHER_SECRET } : view(type, path, next),
      }),
      replaces: replaces(path),
    });
  };
  compare("", before.inputs, after.inputs);
  return diffs.sort((one, other) => (one.path < other.path ? -1 : 1));
}

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** A value to be shown, with its meaning where the type has units. */
function view(type: string, path: string, value: unknown): Shown {
  const human = humanValue(type, path, value);
  return { raw: shown(value), ...(human !== undefined && { human }) };
}
