import { z } from "zod";
import { accountSchema } from "../access/account-declaration.ts";
import { topicSchema } from "../topic/topic-declaration.ts";
import { waiverSchema } from "../agreements/waiver.ts";
import { namingSchema } from "./naming.ts";
import { accountName, topicName } from "../values/values.ts";

/** What a domain declares: its topics and the accounts that use them. Unknown keys are errors. */

const text = z.string().min(1, { error: "some text" });

const byName = (kind: string) => (issue: { code: string }) =>
  issue.code === "invalid_type" ? `${kind} by name` : undefined;

export const domainSchema = z.strictObject({
  owner: text.describe("Team that answers for the domain."),
  naming: namingSchema
    .optional()
    .describe("What its topics and accounts are called. Default: any name that Kafka takes."),
  waivers: z
    .array(waiverSchema, { error: "a list of waivers" })
    .optional()
    .describe("Rules of the policies that all of its topics or accounts may break."),
  topics: z.record(topicName, topicSchema, { error: byName("topics") }),
  accounts: z.record(accountName, accountSchema, { error: byName("accounts") }).default({}),
});

/** A domain as it is written. */
export type Domain = z.input<typeof domainSchema>;
