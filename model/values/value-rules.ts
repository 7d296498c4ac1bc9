import { z } from "zod";
import { MAX_LONG } from "./kafka-limits.ts";
import { durationFromZero, size } from "./values.ts";

/** What a value may be. Ranges are in base units (milliseconds, bytes) and include both ends. */
export type ValueRule =
  | {
      readonly type: "duration" | "size" | "integer" | "real";
      readonly min: number;
      readonly max: number | bigint;
      /** Whether `"unlimited"` is a value, which Kafka writes as -1. */
      readonly unlimited?: true;
      /** A value outside the range. */
      readonly also?: number;
    }
  | { readonly type: "boolean" }
  | { readonly type: "choice" | "set"; readonly of: readonly string[] };

/** A value as it is written: with its unit (`"7d"`, `"512 MiB"`), or in Kafka's own text. */
export type ConfigValue = string | number | boolean | readonly string[];

/**
 * `given` in the one text that stands for its value: whole milliseconds and bytes, `true` or `false`,
 * sets in order of name. Kafka takes other spellings of an equal value (`"False"`, `"007"`, `"0.10"`), but the
 * provider compares texts: each of them would be a change on every run.
 *
 * @returns undefined for what is no value under this rule
 */
export function canonicalValue(rule: ValueRule, given: unknown): string | undefined {
  switch (rule.type) {
    case "boolean":
      return ["true", "false"].find((text) => text === String(given).trim().toLowerCase());
    case "choice":
      return rule.of.find((choice) => choice === given);
    case "set":
      return canonicalSet(rule.of, typeof given === "string" ? given.split(",") : given);
    default:
      return canonicalNumber(rule, given);
  }
}

function canonicalSet(of: readonly string[], given: unknown): string | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const members = new Set<unknown>(given);
  const known = of.filter((member) => members.has(member));
  return known.length === given.length ? known.sort().join(",") : undefined;
}

function canonicalNumber(
  rule: Extract<ValueRule, { min: number }>,
  given: unknown,
): string | undefined {
  if (rule.unlimited && (given === "unlimited" || given === "-1" || given === -1)) return "-1";
  const amount = inBaseUnit(rule.type, given);
  if (amount === undefined) return undefined;
  const fits =
    (amount >= rule.min && amount <= rule.max) || amount === inBaseUnit(rule.type, rule.also);
  return fits ? String(amount) : undefined;
}

/** Whole amounts as Kafka's `long`, which no number of JavaScript holds all of. */
function inBaseUnit(type: ValueRule["type"], given: unknown): number | bigint | undefined {
  if (type === "real") return real(given);
  if (typeof given === "number") return whole(given);
  if (typeof given !== "string") return undefined;
  const text = given.trim();
  if (/^[+-]?\d{1,19}$/.test(text)) return BigInt(text.replace("+", ""));
  if (type === "integer") return undefined;
  const { data } = (type === "duration" ? durationFromZero : size).safeParse(text);
  return data === undefined ? undefined : BigInt(data);
}

/** A `long` that YAML or TypeScript has read as a number. The nearest one to the largest stands for it. */
function whole(given: number): bigint | undefined {
  if (given === Number(MAX_LONG)) return MAX_LONG;
  return Number.isSafeInteger(given) ? BigInt(given) : undefined;
}

/** A number with a point; what Java reads and JavaScript does not, such as `0.5d`, is left out. */
function real(given: unknown): number | undefined {
  const isText =
    typeof given === "string" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(given.trim());
  const amount = isText || typeof given === "number" ? Number(given) : NaN;
  // Adding 0 turns -0, whose text is another, into 0.
  return Number.isFinite(amount) ? amount + 0 : undefined;
}

/** What a good value looks like, for the message to somebody who wrote another one. */
export function wantedValue(rule: ValueRule): string {
  switch (rule.type) {
    case "boolean":
      return "true or false";
    case "choice":
      return `one of ${rule.of.join(", ")}`;
    case "set":
      return `one or more of ${rule.of.join(", ")}`;
    default: {
      const [noun, unit] = NUMBER[rule.type];
      const more = rule.unlimited
        ? ', or "unlimited"'
        : rule.also === undefined
          ? ""
          : `, or ${rule.also}`;
      return `${noun} from ${figure(rule.min)} to ${figure(rule.max)}${unit}${more}`;
    }
  }
}

const NUMBER = {
  duration: ["a duration such as 12h or 7d,", " ms"],
  size: ["a size such as 512 MiB,", " bytes"],
  integer: ["a whole number", ""],
  real: ["a number", ""],
} as const;

/** A figure with its thousands apart. */
export const figure = (amount: number | bigint) => amount.toLocaleString("en-US");

/** The schema of a value under a rule; what comes out is canonical. */
export const ruledValue = (rule: ValueRule): z.ZodType<string, ConfigValue> => {
  const error = wantedValue(rule);
  return written(error)
    .refine((given) => canonicalValue(rule, given) !== undefined, { error })
    .transform((given) => canonicalValue(rule, given) ?? z.NEVER);
};

const written = (error: string) =>
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()], { error });
