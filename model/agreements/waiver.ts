import { z } from "zod";
import { POLICY_RULES } from "./policy-rules.ts";
import { isoDaySchema } from "../values/iso-day.ts";

const text = (what: string) => z.string({ error: what }).min(1, { error: what });

const waiver = {
  rule: z
    .enum(POLICY_RULES, { error: "the id of a rule, as docs/policies.md lists them" })
    .describe("Rule that is broken on purpose."),
  reason: text("a sentence that says why").describe("Why that is right here."),
  owner: text("the team or person that answers for it").describe("Who answers for it."),
  until: isoDaySchema("2027-06-30").describe(
    "Last day on which it holds (UTC); from then on it is a violation itself.",
  ),
};

/** A rule that a declaration breaks on purpose: with a reason, somebody who answers for it, and an end. */
export const waiverSchema = z.strictObject(waiver);

/** The same for whatever no declaration makes, in the stack file. */
export const stackWaiverSchema = z.strictObject({
  ...waiver,
  resource: text("the logical name of a resource, such as kafka or ui").describe(
    "Logical name of the resource, or of the component that it is part of.",
  ),
});

export type Waiver = z.output<typeof waiverSchema>;
export type StackWaiver = z.output<typeof stackWaiverSchema>;
