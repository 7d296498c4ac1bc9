import { isRecord, same } from "../property-value.ts";

/** A part of two values that are compared: how its path goes on, and what is there on each side. */
export type ValuePart = readonly [suffix: string, old: unknown, next: unknown];

/** From this many characters on a text in one line is compared word by word. */
const LONG = 80;
const PROPERTY = /^([^\s=]+)=(.*)$/;

/**
 * The parts of two long values that differ, so that a report shows them and not two beginnings that are
 * equal: the keys of Java properties, lines, words, elements of lists.
 *
 * @returns undefined for values that are to be shown whole
 */
export function differingParts(old: unknown, next: unknown): ValuePart[] | undefined {
  if (typeof old === "string" && typeof next === "string") return textParts(old, next);
  if (Array.isArray(old) && Array.isArray(next)) return listParts(old, next);
  return undefined;
}

function textParts(old: string, next: string): ValuePart[] | undefined {
  if (old.includes("\n") || next.includes("\n")) {
    const [before, after] = [old, next].map((text) => text.split("\n").filter(Boolean));
    return (
      recordParts(properties(before ?? []), properties(after ?? [])) ??
      oneSided("[line]", before ?? [], after ?? [])
    );
  }
  if (Math.min(old.length, next.length) < LONG) return undefined;
  return oneSided("[part]", old.split(/[\s,;]+/), next.split(/[\s,;]+/));
}

/** Elements with a name each are compared by it; of others, those that are on one side only are told. */
function listParts(old: readonly unknown[], next: readonly unknown[]): ValuePart[] | undefined {
  const named = recordParts(byName(old), byName(next));
  if (named) return named;
  return old.length === next.length ? undefined : oneSided("[]", old, next);
}

type Parts = ReadonlyMap<string, unknown> | undefined;

function recordParts(old: Parts, next: Parts): ValuePart[] | undefined {
  if (!old || !next) return undefined;
  const keys = [...new Set([...old.keys(), ...next.keys()])];
  return keys.map((key) => [`[${key}]`, old.get(key), next.get(key)]);
}

function oneSided(
  suffix: string,
  old: readonly unknown[],
  next: readonly unknown[],
): ValuePart[] | undefined {
  const without = (all: readonly unknown[], others: readonly unknown[]) => {
    const left = [...others];
    return all.filter((one) => {
      const at = left.findIndex((other) => same(one, other));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const gone = without(old, next).map((part): ValuePart => [suffix, part, undefined]);
  const come = without(next, old).map((part): ValuePart => [suffix, undefined, part]);
  // Only their order differs.
  return gone.length + come.length === 0 ? undefined : [...gone, ...come];
}

function properties(lines: readonly string[]): Parts {
  const entries = lines.map((line) => PROPERTY.exec(line));
  if (entries.length === 0 || entries.includes(null)) return undefined;
  return unique(entries.map((entry) => [entry?.[1] ?? "", entry?.[2] ?? ""]));
}

function byName(list: readonly unknown[]): Parts {
  const entries = list.map((element) => {
    const name = isRecord(element) ? element["name"] : undefined;
    return typeof name === "string" ? ([name, element] as const) : undefined;
  });
  return entries.includes(undefined)
    ? undefined
    : unique(entries.filter((entry) => entry !== undefined));
}

/** None where a key is there twice: which of the two is meant is then part of the change. */
function unique(entries: readonly (readonly [string, unknown])[]): Parts {
  const map = new Map(entries);
  return map.size === entries.length ? map : undefined;
}
