import { z } from "zod";
import { defaultMessage, UNKNOWN_KEY } from "./default-messages.ts";

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

// For every schema of the program, since whatever is wrong is told by what follows.
z.config({ customError: defaultMessage });

/** One line per zod issue: where, what was given, what is wanted. `input` is what was parsed. */
export function describeFaults(error: z.ZodError, input: unknown, root = ""): string[] {
  return error.issues.flatMap((issue) => linesOf(issue, input, root));
}

function linesOf(issue: z.core.$ZodIssue, input: unknown, root: string): string[] {
  const at = (key?: PropertyKey) => location(root, [...issue.path, ...(key ? [key] : [])]);
  if (issue.code === "unrecognized_keys") {
    // The message has a line for each key, unless the schema has one of its own for whatever is wrong.
    const lines = issue.message.split("\n");
    return issue.keys.map((key, index) => {
      const line = lines.length === issue.keys.length ? (lines[index] ?? "") : issue.message;
      return `${at(key)}: ${line.startsWith(UNKNOWN_KEY) ? line : `${UNKNOWN_KEY}; wanted ${line}`}`;
    });
  }
  if (issue.code === "invalid_key") {
    const wanted = issue.issues.map(({ message }) => message).join("; ");
    return [`${at()}: the key does not fit; wanted ${wanted}`];
  }
  const meant = issue.code === "invalid_union" ? meantOption(issue.errors) : undefined;
  if (meant) {
    const within = (inner: z.core.$ZodIssue) => ({
      ...inner,
      path: [...issue.path, ...inner.path],
    });
    return meant.flatMap((inner) => linesOf(within(inner), input, root));
  }
  const given = valueAt(input, issue.path);
  if (given === undefined) return [`${at()}: missing; wanted ${issue.message}`];
  return [`${at()}: given ${show(given)}; wanted ${issue.message}`];
}

/** Of what a value may be, the one kind that it is of: what is wrong inside it says more than a list of kinds. */
function meantOption(options: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const inside = options.filter((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
  );
  return inside.length === 1 ? inside[0] : undefined;
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
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );
}

/** A value in one line, of a bearable length. */
function show(value: unknown): string {
  const text = asText(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    // Its type leaves out that there is no text of what JSON does not know.
    const text = JSON.stringify(value) as string | undefined;
    return text ?? `a ${typeof value}`;
  } catch {
    return "an object that JSON cannot hold";
  }
}
