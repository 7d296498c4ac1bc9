import { z } from "zod";
import type { DeepReadonly } from "../../values/deep-readonly.ts";

/**
 * How a domain names what is its own: a beginning, and a style. Styles have names and are no patterns of the
 * declaration's own: a wrong pattern lets everything pass, and a bad one takes for ever.
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
  })
  .refine(({ prefix, style }) => prefix !== undefined || style !== undefined, {
    error: "a prefix, a style, or both",
  });

export const namingSchema = z.strictObject({
  topics: rule
    .optional()
    .describe("Of the domain's topics; a dead letter topic is named by its origin."),
  accounts: rule.optional().describe("Of its accounts."),
});

export type Naming = DeepReadonly<z.output<typeof namingSchema>>;

/** Names that do not keep to what the domain says, a sentence each. */
export const namingFaults = (
  kind: keyof Naming,
  names: readonly string[],
  { [kind]: given }: Naming = {},
): string[] => (given === undefined ? [] : names.flatMap((name) => faultsOf(kind, name, given)));

function faultsOf(
  kind: keyof Naming,
  name: string,
  { prefix, style }: NonNullable<Naming[keyof Naming]>,
): string[] {
  const wanted = [
    ...(prefix === undefined || name.startsWith(prefix)
      ? []
      : [`a name that begins with "${prefix}"`]),
    ...(style === undefined || STYLES[style].of.test(name)
      ? []
      : [`a name in ${style}, ${STYLES[style].such}`]),
  ];
  if (wanted.length === 0) return [];
  return [`${kind}.${name}: given the name "${name}"; wanted ${wanted.join(", and ")}`];
}
