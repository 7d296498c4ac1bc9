import type { ResourcePattern } from "./pattern-index.ts";

/**
 * Names between which no pattern tells a difference: one name, or all that begin with a prefix and
 * belong to no region inside it. What is true of one of them is true of all.
 */
export interface NameRegion {
  /** As declarations write it: the name, or the prefix and `*`; `*` alone is the rest of all names. */
  readonly label: string;
  /** A name in it. */
  readonly example: string;
  /** The region around it; none around all names. */
  readonly parent: NameRegion | undefined;
}

/** All names there can be, divided by patterns; each region after the one around it. */
export function nameRegions(patterns: Iterable<ResourcePattern>): NameRegion[] {
  const prefixes = new Set([""]);
  const literals = new Set<string>();
  for (const { resourceName, patternType } of patterns) {
    if (patternType === "Prefixed") prefixes.add(resourceName);
    else if (resourceName !== "*") literals.add(resourceName);
  }
  const inOrder = [...prefixes].sort();
  const ofPrefix = new Map<string, NameRegion>();
  const around = (name: string): NameRegion | undefined => {
    for (let length = name.length; length >= 0; length -= 1) {
      const region = ofPrefix.get(name.slice(0, length));
      if (region) return region;
    }
    return undefined;
  };
  const taken = beginnings([...prefixes, ...literals]);
  for (const prefix of inOrder) {
    const example = prefix + unusedCharacter(prefix, taken);
    ofPrefix.set(prefix, { label: `${prefix}*`, example, parent: around(prefix) });
  }
  return [
    ...ofPrefix.values(),
    ...[...literals].sort().map((name) => ({ label: name, example: name, parent: around(name) })),
  ];
}

/** Every name and everything it begins with. */
function beginnings(names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const name of names) {
    for (let length = name.length; length > 0 && !all.has(name.slice(0, length)); length -= 1) {
      all.add(name.slice(0, length));
    }
  }
  return all;
}

/** A character after which no pattern goes on from `prefix`. */
function unusedCharacter(prefix: string, taken: ReadonlySet<string>): string {
  let code = "~".charCodeAt(0);
  while (taken.has(prefix + String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}
