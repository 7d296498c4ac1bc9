import type { Document } from "yaml";
import { UserError } from "../../model/values/user-error.ts";

/** How often what an anchor names may be repeated: a few bytes of aliases can stand for gigabytes. */
const MOST_REPETITIONS = 100;

/**
 * The content of a YAML file as plain data.
 *
 * @throws UserError for aliases that stand for too much or for what they are in, and for a key that
 * would be lost on the way
 */
export function plainContent(file: string, document: Document): unknown {
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_REPETITIONS });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new UserError(
      `${file}: its aliases (*name) repeat what they name too often; wanted at most ` +
        `${MOST_REPETITIONS} times in all. Write it out where it is needed.`,
    );
  }
  refuseCircles(file, content, []);
  return content;
}

/** @param within the objects around `value`, from the outside in, each with its key */
function refuseCircles(
  file: string,
  value: unknown,
  within: readonly (readonly [object, string])[],
): void {
  if (typeof value !== "object" || value === null) return;
  const place = within.map(([, key]) => key).join(".");
  if (within.some(([around]) => around === value)) {
    throw new UserError(
      `${file}: ${place} is an alias (*name) of what it is in; wanted a value without itself inside. Write it out.`,
    );
  }
  for (const [key, part] of Object.entries(value)) {
    if (key === "__proto__") {
      throw new UserError(`${file}: ${place}.__proto__ cannot be a key. Remove it.`);
    }
    refuseCircles(file, part, [...within, [value, key]]);
  }
}
