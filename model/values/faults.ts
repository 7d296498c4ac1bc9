import type { z } from "zod";

/** Thrown for input that does not fit: every fault of the input in one message. */
export class SettingsError extends Error {
  /** One line each: where, what was given, what is wanted. */
  readonly faults: readonly string[];

  constructor(subject: string, faults: readonly string[]) {
    const count = faults.length === 1 ? "1 fault" : `${String(faults.length)} faults`;
    super(`${subject}: ${count}\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "SettingsError";
    this.faults = faults;
  }
}

/** One line per zod issue: where, what was given, what is wanted. `input` is what was parsed. */
export function describeFaults(error: z.ZodError, input: unknown, root = ""): string[] {
  return error.issues.flatMap((issue) => {
    const at = (key?: PropertyKey) => location(root, [...issue.path, ...(key ? [key] : [])]);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map(
        (key) => `${at(key)}: unknown key; is it misspelt, or in the wrong place?`,
      );
    }
    if (issue.code === "invalid_key") {
      const wanted = issue.issues.map(({ message }) => message).join("; ");
      return [`${at()}: the key does not fit; wanted ${wanted}`];
    }
    const given = valueAt(input, issue.path);
    const wanted = wantedBy(issue);
    if (given === undefined) return [`${at()}: missing; wanted ${wanted}`];
    return [`${at()}: given ${show(given)}; wanted ${wanted}`];
  });
}

/** What a schema has no message of its own for: the library's speaks of JavaScript. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  array: "a list",
  tuple: "a list",
  object: "an object with keys",
  record: "an object with keys",
};

function wantedBy(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input")) {
    return issue.message;
  }
  return KINDS[issue.expected] ?? issue.expected;
}

function location(root: string, path: readonly PropertyKey[]): string {
  const steps = path.map((step) =>
    typeof step === "number" ? `[${String(step)}]` : `.${String(step)}`,
  );
  return root + steps.join("").replace(/^\./, "") || "(whole value)";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
