import { z } from "zod";
import { accountApprovalSchema, retirementSchema } from "../agreements/approval.ts";
import { clientAddress } from "../values/client-address.ts";
import { quotaSchema } from "./quotas.ts";
import { waiverSchema } from "../agreements/waiver.ts";
import { accountName, duration } from "../values/values.ts";
import { type DeclaredGrants, grantFields } from "./grants.ts";
import { scramMechanism } from "../values/scram-mechanism.ts";

/** An account: who uses topics, and how. Unknown keys are errors. */

const text = z.string({ error: "some text" }).min(1, { error: "some text" });

/** What may differ between environments. */
const values = {
  hosts: z
    .array(clientAddress, { error: "a list of addresses" })
    .min(1, { error: "at least one address; leave it out to allow every address" })
    .optional()
    .describe("Addresses it may come from. Default: every address."),
  quota: quotaSchema.optional().describe("Limits on each broker."),
};

const changes = z.strictObject(values);

export const accountSchema = z.strictObject({
  description: text,
  owner: text.optional().describe("Team that answers for it. Default: the domain's owner."),
  ...grantFields,
  groups: z.array(accountName).optional().describe("Groups of accounts whose grants it gets."),
  sharesWith: z
    .array(accountName)
    .optional()
    .describe(
      "Accounts of other owners that may join its consumer groups and use its transactional ids. Each of the two names the other.",
    ),
  mechanism: scramMechanism
    .optional()
    .describe("How it logs in until it is rotated. Default: SCRAM-SHA-512."),
  ...values,
  rotateAfter: duration.optional().describe("Age at which its credential is due for rotation."),
  waivers: z
    .array(waiverSchema, { error: "a list of waivers" })
    .optional()
    .describe("Rules of the policies that it breaks on purpose."),
  approve: z
    .array(accountApprovalSchema, { error: "a list of approvals" })
    .optional()
    .describe("What somebody agreed to take from it."),
  retire: retirementSchema
    .optional()
    .describe(
      "It is to be removed: lifts the protection of its logins. Once that is applied, its declaration can go.",
    ),
  environments: z
    .strictObject({ dev: changes, staging: changes, prod: changes })
    .partial()
    .optional()
    .describe("What differs in `dev`, `staging` or `prod`."),
});

/** A group of accounts: what every member of it may do. */
export const accountGroupSchema = z.strictObject({
  description: text,
  owner: text.describe("Team that answers for it."),
  ...grantFields,
});

export type Account = z.output<typeof accountSchema>;
/** A group as it is written. */
export type AccountGroup = z.input<typeof accountGroupSchema>;

/** What an account or a group declares for itself, without what describes it. */
export const ownGrants = (declared: DeclaredGrants): DeclaredGrants =>
  Object.fromEntries(
    Object.keys(grantFields).flatMap((key) => {
      const value = declared[key as keyof DeclaredGrants];
      return value === undefined ? [] : [[key, value]];
    }),
  ) as DeclaredGrants;
