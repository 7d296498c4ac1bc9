/**
 * Rules for input properties: what a value must look like and its canonical form. A value that is
 * {@link UNKNOWN} passes every rule, since only the apply will tell it.
 */
import { UNKNOWN, type Value } from "./driver.ts";

/** Records one fault: where (`ports[0].internal`) and what was given and wanted. */
export type Report = (path: string, reason: string) => void;

/** `T` is the type a known value has once the rule has passed. */
export interface Rule<T> {
  readonly canonical: (value: Value, path: string, report: Report) => Value;
  readonly passes?: T;
}

interface Always<T> {
  readonly rule: Rule<T>;
  readonly always: true;
  readonly fallback?: Value;
}

interface Perhaps<T> {
  readonly rule: Rule<T>;
  readonly always: false;
}

export type Field<T = unknown> = Always<T> | Perhaps<T>;
export type Fields = Readonly<Record<string, Field>>;

/** The TypeScript type of values that passed `F`. */
export type Known<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Always<infer T>
    ? T
    : F[K] extends Perhaps<infer T>
      ? T | undefined
      : never;
};

export const required = <T>(rule: Rule<T>): Always<T> => ({ rule, always: true });
export const optional = <T>(rule: Rule<T>): Perhaps<T> => ({ rule, always: false });
export const defaulted = <T extends Value>(rule: Rule<T>, fallback: T): Always<T> => ({
  rule,
  always: true,
  fallback,
});

export interface TextOptions {
  readonly pattern?: RegExp;
  /** How a message names what `pattern` accepts. */
  readonly wanted?: string;
  /** The value may be a secret: no message shows it. */
  readonly hidden?: boolean;
}

export function text(options: TextOptions = {}): Rule<string> {
  const wanted = options.wanted ?? "a string";
  return rule((value) => {
    if (typeof value === "string" && (options.pattern?.test(value) ?? true)) return undefined;
    return options.hidden === true ? `must be ${wanted}` : mustBe(wanted, value);
  });
}

/** Of a text that says something. */
export const filled: TextOptions = { pattern: /\S/, wanted: "a text that is not empty" };

/** A word in the wrong case, or with other separators, is answered with the right one. */
export function oneOf<const T extends string>(...words: readonly T[]): Rule<T> {
  const known: readonly string[] = words;
  const plain = (word: string): string => word.replaceAll(/[^a-z0-9]/gi, "").toLowerCase();
  return rule((value) => {
    if (typeof value !== "string") return mustBe(`one of ${words.join(", ")}`, value);
    if (known.includes(value)) return undefined;
    const near = words.find((word) => plain(word) === plain(value));
    return mustBe(near === undefined ? `one of ${words.join(", ")}` : `written "${near}"`, value);
  });
}

/** A text made of what `convert` understands; undefined is what it does not. */
export function converted(
  wanted: string,
  convert: (value: Value) => string | undefined,
): Rule<string> {
  return {
    canonical: (value, path, report) => {
      if (value === UNKNOWN) return UNKNOWN;
      const made = convert(value);
      if (made === undefined) report(path, mustBe(wanted, value));
      return made ?? value;
    },
  };
}

export function integer(least: number, most = Number.MAX_SAFE_INTEGER): Rule<number> {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return rule((value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : mustBe(`a whole number ${range}`, value),
  );
}

export const flag: Rule<boolean> = rule((value) =>
  typeof value === "boolean" ? undefined : mustBe("true or false", value),
);

/** @param least how many there must be */
export function listOf<T>(item: Rule<T>, least = 0): Rule<readonly T[]> {
  return {
    canonical: (value, path, report) => {
      if (value === UNKNOWN) return UNKNOWN;
      if (isList(value) && value.length >= least) {
        return value.map((each, index) => item.canonical(each, `${path}[${index}]`, report));
      }
      report(path, mustBe(least === 0 ? "a list" : `a list of at least ${least}`, value));
      return value;
    },
  };
}

/** A list whose order means nothing: its canonical form is sorted. */
export function setOf<T>(item: Rule<T>): Rule<readonly T[]> {
  const list = listOf(item);
  return {
    canonical: (value, path, report) => {
      const canonical = list.canonical(value, path, report);
      return isList(canonical)
        ? [...canonical].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
        : canonical;
    },
  };
}

/** @param key what each key must be */
export function mapOf<T>(item: Rule<T>, key?: Rule<string>): Rule<Readonly<Record<string, T>>> {
  return {
    canonical: (value, path, report) => {
      if (value === UNKNOWN) return UNKNOWN;
      if (!isRecord(value)) {
        report(path, mustBe("a map", value));
        return value;
      }
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => {
          const entry = `${path}["${name}"]`;
          key?.canonical(name, entry, report);
          return [name, item.canonical(each, entry, report)];
        }),
      );
    },
  };
}

export function record<F extends Fields>(fields: F): Rule<Known<F>> {
  return {
    canonical: (value, path, report) => {
      if (value === UNKNOWN) return UNKNOWN;
      if (!isRecord(value)) {
        report(path, mustBe("an object", value));
        return value;
      }
      return canonicalFields(fields, value, `${path}.`, report);
    },
  };
}

/** Refuses fields the rules do not know by name, fills defaults in, drops nulls. */
export function canonicalFields(
  fields: Fields,
  given: Readonly<Record<string, Value>>,
  prefix: string,
  report: Report,
): Record<string, Value> {
  const canonical: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && !(name in fields)) {
      report(
        prefix + name,
        `is not supported by the embedded engine: leave it out, or use the Pulumi CLI (supported here: ${Object.keys(fields).join(", ")})`,
      );
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name] ?? (field.always ? field.fallback : undefined);
    if (value !== undefined) {
      canonical[name] = field.rule.canonical(value, prefix + name, report);
    } else if (field.always) {
      report(prefix + name, "is required and was not given");
    }
  }
  return canonical;
}

/** @param fault what is wrong with a known value, as the end of a sentence that begins with its name */
export function rule<T>(fault: (value: Value) => string | undefined): Rule<T> {
  return {
    canonical: (value, path, report) => {
      const reason = value === UNKNOWN ? undefined : fault(value);
      if (reason !== undefined) report(path, reason);
      return value;
    },
  };
}

function mustBe(wanted: string, value: Value): string {
  return `must be ${wanted}, not ${shown(value)}`;
}

function shown(value: Value): string {
  if (isList(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isRecord(value)) return "an object";
  return typeof value === "symbol" ? "a value not known yet" : JSON.stringify(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Orders the unknown last, so that the known neighbours keep their places once it is known. */
function sortKey(value: Value): string {
  return JSON.stringify(value, (_, each: Value) => (each === UNKNOWN ? "\u{10FFFF}" : each));
}
