import { z } from "zod";
import { agreementFields, text } from "./agreement.ts";
import { POLICY_RULES } from "./policy-rules.ts";

const { reason, by, until } = agreementFields;

const fields = {
  rule: z
    .enum(POLICY_RULES, { error: "the id of a rule, as docs/policies.md lists them" })
    .describe("Rule that is broken on purpose."),
  reason,
  by: by.optional(),
  owner: by.optional().meta({
    description: "What `by` was called before; it goes with the next release.",
    deprecated: true,
  }),
  until: until.describe("Last day on which it holds (UTC); from then on it is a violation itself."),
};

interface Spelling {
  readonly by?: string | undefined;
  readonly owner?: string | undefined;
}

const whoAgreed = ({ by, owner }: Spelling, context: z.RefinementCtx): void => {
  const fault = (key: keyof Spelling, message: string) => {
    context.addIssue({ code: "custom", path: [key], message });
  };
  if (by === undefined && owner === undefined) fault("by", "the team or person that agreed");
  if (by !== undefined && owner !== undefined) fault("owner", "nothing: `by` says it");
};

/** What is written with the old key is a waiver like any other; {@link formerSpellings} tells of it. */
const inOneSpelling = <Given extends Spelling>({ owner = "", by = owner, ...rest }: Given) => ({
  ...rest,
  by,
});

/** A rule that a declaration breaks on purpose: with a reason, somebody who answers for it, and an end. */
export const waiverSchema = z
  .strictObject(fields)
  .superRefine(whoAgreed)
  .transform((given) => inOneSpelling(given));

/** The same for whatever no declaration makes, in the stack file. */
export const stackWaiverSchema = z
  .strictObject({
    ...fields,
    resource: text("the logical name of a resource, such as kafka or ui").describe(
      "Logical name of the resource, or of the component that it is part of.",
    ),
  })
  .superRefine(whoAgreed)
  .transform((given) => inOneSpelling(given));

export type Waiver = z.output<typeof waiverSchema> & {
  /** Where it is for one resource only, its logical name. @default what the declaration makes */
  readonly resource?: string | undefined;
  /** Owner of the domain that waives the rule for all that is its own. @default a declaration's own waiver */
  readonly domain?: string | undefined;
};

/** A waiver as a component records it in the state, which is where policies read it. */
export interface RecordedWaiver extends Omit<Waiver, "by"> {
  /** Who agreed. */
  readonly owner: string;
}

/**
 * Waivers as they are recorded. The state goes on saying `owner`: with another key every component
 * that carries a waiver would have to be updated for a word.
 */
export const recordedWaivers = (
  waivers: readonly Waiver[] | undefined,
): RecordedWaiver[] | undefined =>
  waivers?.map(({ rule, reason, by, until, resource, domain }) => ({
    rule,
    reason,
    owner: by,
    until,
    ...(resource !== undefined && { resource }),
    ...(domain !== undefined && { domain }),
  }));
