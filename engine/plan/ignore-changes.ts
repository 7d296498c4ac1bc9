import {
  isArray,
  isMap,
  mapValues,
  type PropertyMap,
  type PropertyValue,
} from "../values/property-values.ts";
import { UserError } from "../../model/values/user-error.ts";

type Path = readonly (string | number)[];

/**
 * The inputs with every ignored property as it was: `name`, `config.retention`, `config["a.b"]`,
 * `list[0]`. A path that ends in something only one side has puts that side's absence or presence
 * back, too.
 */
export function ignoreChanges(
  inputs: PropertyMap,
  old: PropertyMap,
  paths: readonly string[],
): PropertyMap {
  let result: PropertyValue = inputs;
  for (const path of paths) result = putBack(result, old, parsePath(path));
  return isMap(result) ? result : inputs;
}

function putBack(
  value: PropertyValue,
  old: PropertyValue | undefined,
  [head, ...rest]: Path,
): PropertyValue {
  if (isArray(value) && isArray(old)) {
    return value.map((element, index) => {
      const before = old[index];
      if (index !== head || before === undefined) return element;
      return rest.length === 0 ? before : putBack(element, before, rest);
    });
  }
  if (head === undefined || !isMap(value) || !isMap(old)) return value;
  const key = String(head);
  const before = Object.hasOwn(old, key) ? old[key] : undefined;
  if (rest.length > 0) {
    return mapValues(value, (part, name) => (name === key ? putBack(part, before, rest) : part));
  }
  if (before !== undefined) return { ...value, [key]: before };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** Parses a Pulumi property path. Wildcards are refused. */
export function parsePath(text: string): Path {
  const path: (string | number)[] = [];
  const segment = /(?:^|\.)([^.[\]"*]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/gy;
  while (segment.lastIndex < text.length) {
    const match = segment.exec(text);
    if (match === null) {
      throw new UserError(
        `the embedded engine cannot read the property path "${text}" in ignoreChanges; ` +
          `wanted names, [index] and ["key"], without wildcards`,
      );
    }
    const [, name, index, key] = match;
    if (name !== undefined) path.push(name);
    else path.push(index === undefined ? (key ?? "").replace(/\\(.)/g, "$1") : Number(index));
  }
  return path;
}
