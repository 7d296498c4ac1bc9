import { z } from "zod";
import { duration, size } from "./values.ts";

/** What a value may be. Ranges are in base units (milliseconds, bytes) and include both ends. */
export type ValueRule =
  | {
      readonly type: "duration" | "size" | "integer" | "real";
      readonly min: number;
      readonly max: number;
      /** Whether `"unlimited"` is a value, which Kafka writes as -1. */
      readonly unlimited?: true;
    }
  | { readonly type: "boolean" }
  | { readonly type: "choice" | "set"; readonly of: readonly string[] };

/** A value as it is written: with its unit (`"7d"`, `"512 MiB"`), or in Kafka's own text. */
export type ConfigValue = string | number | boolean | readonly string[];

/**
 * `given` in the one text that stands for its value: whole milliseconds and bytes, `true` or `false`,
 * sets in order of name. Kafka and the provider compare texts, so any other spelling of an equal value
 * (`"False"`, `"007"`, `"delete, compact"`) would be a change on every run.
 *
 * @returns undefined for what is no value under this rule
 */
export function canonicalValue(rule: ValueRule, given: unknown): string | undefined {
  switch (rule.type) {
    case "boolean":
      return ["true", "false"].find((text) => text === String(given));
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
  if (amount === undefined || amount < rule.min || amount > rule.max) return undefined;
  return String(amount);
}

function inBaseUnit(type: ValueRule["type"], given: unknown): number | undefined {
  const fits = type === "real" ? Number.isFinite : Number.isSafeInteger;
  // Adding 0 turns -0, whose text is another, into 0.
  if (typeof given === "number") return fits(given) ? given + 0 : undefined;
  if (typeof given !== "string") return undefined;
  if (String(Number(given)) === given && fits(Number(given))) return Number(given);
  if (type === "duration") return duration.safeParse(given).data;
  return type === "size" ? size.safeParse(given).data : undefined;
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
      const unlimited = rule.unlimited ? ', or "unlimited"' : "";
      return `${noun} from ${figure(rule.min)} to ${figure(rule.max)}${unit}${unlimited}`;
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
export const figure = (amount: number) => amount.toLocaleString("en-US");

/** The schema of a value under a rule; what comes out is canonical. */
export const ruledValue = (rule: ValueRule): z.ZodType<string, ConfigValue> => {
  const error = wantedValue(rule);
  return written(error)
    .refine((given) => canonicalValue(rule, given) !== undefined, { error })
    .transform((given) => canonicalValue(rule, given) ?? z.NEVER);
};

const written = (error: string) =>
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()], { error });
