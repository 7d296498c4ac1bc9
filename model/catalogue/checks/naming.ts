import { runInNewContext } from "node:vm";
import { z } from "zod";
import type { DeepReadonly } from "../../values/deep-readonly.ts";

/**
 * How a domain names what is its own: a beginning, a style, or a pattern of its own where no style is
 * enough.
 */

const STYLES = {
  "kebab-case": { of: /^[a-z0-9]+(-[a-z0-9]+)*$/, such: "such as user-events" },
  snake_case: { of: /^[a-z0-9]+(_[a-z0-9]+)*$/, such: "such as user_events" },
  dotted: { of: /^[a-z0-9]+([.-][a-z0-9]+)*$/, such: "such as shop.user-events" },
  CamelCase: { of: /^([A-Z][a-z0-9]*)+$/, such: "such as UserEvents" },
} as const;

type Style = keyof typeof STYLES;
const STYLE_NAMES = Object.keys(STYLES) as [Style, ...Style[]];

const PREFIX = "the beginning of a name: 1 to 60 letters, digits, dots, hyphens and underscores";

const LONGEST_PATTERN = 200;
const PATTERN = `a regular expression of at most ${LONGEST_PATTERN} characters, for whole names`;
/** Milliseconds for all names of a domain: an expression that goes back and forth would take for ever. */
const PATIENCE = 1_000;

const rule = z
  .strictObject({
    prefix: z
      .string({ error: PREFIX })
      .regex(/^[A-Za-z0-9._-]{1,60}$/, { error: PREFIX })
      .optional()
      .describe("What every name begins with."),
    style: z
      .enum(STYLE_NAMES, { error: STYLE_NAMES.join(", ") })
      .optional()
      .describe("How every name is written."),
    pattern: z
      .string({ error: PATTERN })
      .min(1, { error: PATTERN })
      .max(LONGEST_PATTERN, { error: PATTERN })
      .refine((text) => whole(text) !== undefined, { error: PATTERN })
      .optional()
      .describe("A regular expression that every whole name matches."),
  })
  .refine((given) => Object.keys(given).length > 0, {
    error: "a prefix, a style or a pattern",
  });

function whole(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return undefined;
  }
}

export const namingSchema = z.strictObject({
  topics: rule
    .optional()
    .describe("Of the domain's topics; a dead letter topic is named by its origin."),
  accounts: rule.optional().describe("Of its accounts."),
});

export type Naming = DeepReadonly<z.output<typeof namingSchema>>;

/** Names that do not keep to what the domain says, a sentence each. */
export function namingFaults(
  kind: keyof Naming,
  names: readonly string[],
  { [kind]: given }: Naming = {},
): string[] {
  if (given === undefined) return [];
  const unfit = given.pattern === undefined ? [] : notMatching(given.pattern, names);
  if (!unfit) {
    return [
      `naming.${kind}.pattern: given "${given.pattern ?? ""}"; wanted an expression that is done with ` +
        `${names.length} names within a second`,
    ];
  }
  return names.flatMap((name) => faultsOf(kind, name, given, unfit.includes(name)));
}

/** Undefined where it takes too long to tell. */
function notMatching(pattern: string, names: readonly string[]): readonly string[] | undefined {
  const told = { pattern: `^(?:${pattern})$`, names };
  try {
    const unfit: unknown = runInNewContext(
      "JSON.stringify(names.filter((name) => !new RegExp(pattern, 'u').test(name)))",
      told,
      { timeout: PATIENCE },
    );
    return JSON.parse(String(unfit)) as string[];
  } catch (error) {
    // An Error of that other context, which is no Error here.
    if (String((error as { code?: unknown }).code) === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      return undefined;
    throw error;
  }
}

function faultsOf(
  kind: keyof Naming,
  name: string,
  { prefix, style, pattern }: NonNullable<Naming[keyof Naming]>,
  isUnfit: boolean,
): string[] {
  const wanted = [
    ...(prefix === undefined || name.startsWith(prefix)
      ? []
      : [`a name that begins with "${prefix}"`]),
    ...(style === undefined || STYLES[style].of.test(name)
      ? []
      : [`a name in ${style}, ${STYLES[style].such}`]),
    ...(isUnfit ? [`a name that matches ${pattern ?? ""}`] : []),
  ];
  if (wanted.length === 0) return [];
  return [`${kind}.${name}: given the name "${name}"; wanted ${wanted.join(", and ")}`];
}
