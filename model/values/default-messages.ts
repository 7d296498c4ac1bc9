import { z } from "zod";
import { didYouMean } from "./spelling.ts";

/**
 * What is wanted where a schema has no words of its own for it, by the kind of the value: the library's
 * own speak of JavaScript.
 */

const KINDS: Readonly<Record<string, string>> = {
  string: "some text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  array: "a list",
  tuple: "a list",
  object: "an object with keys",
  record: "entries by name",
};

/** More keys than these are for an editor to complete. */
const FEW_KEYS = 6;

export function defaultMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return kindOf(issue.inst) ?? KINDS[issue.expected] ?? "another kind of value";
    case "invalid_value":
      return issue.values.map(String).join(" or ");
    case "too_small":
      return bound(issue.origin, "at least", issue.minimum, issue.inclusive ?? true);
    case "too_big":
      return bound(issue.origin, "at most", issue.maximum, issue.inclusive ?? true);
    case "unrecognized_keys":
      return unknownKeys(() => undefined)(issue);
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "invalid_union":
      return "another kind of value";
    default:
      return "a value of another form";
  }
}

/** How every message on a key begins that a schema does not know. */
export const UNKNOWN_KEY = "unknown key";

/**
 * The messages of an object on keys that it does not know, a line for each.
 *
 * @param reasonOf why there is no such key, where that is known: else whether it is misspelt is asked
 */
export const unknownKeys =
  (reasonOf: (key: string) => string | undefined) =>
  (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code !== "unrecognized_keys") return undefined;
    const known = keysOf(issue.inst);
    const question = "is it misspelt, or in the wrong place?";
    return issue.keys
      .map((key) => `${UNKNOWN_KEY}; ${reasonOf(key) ?? didYouMean(key, known, question)}`)
      .join("\n");
  };

function bound(origin: string, side: string, limit: number | bigint, inclusive: boolean): string {
  if (origin === "string") return limit === 1 ? "some text" : `${side} ${limit} characters`;
  if (origin === "array") return `${side} ${limit === 1 ? "one entry" : `${limit} entries`}`;
  const beyond = side === "at least" ? "above" : "below";
  return `a number, ${inclusive ? side : beyond} ${limit}`;
}

/** A list or an object, with what belongs into it. */
function kindOf(schema: unknown): string | undefined {
  if (schema instanceof z.ZodArray) {
    const element = unwrapped(schema.element);
    if (element instanceof z.ZodObject) return `a list of objects${keysText(element)}`;
    return element instanceof z.ZodString ? "a list of texts" : "a list";
  }
  return schema instanceof z.ZodObject ? `an object${keysText(schema)}` : undefined;
}

function keysText(schema: z.ZodObject): string {
  const keys = keysOf(schema);
  return keys.length > FEW_KEYS ? "" : ` with ${keys.join(", ")}`;
}

const keysOf = (schema: unknown): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** What a schema checks first, whatever else is done with it. */
function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}
