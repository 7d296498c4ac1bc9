import { z } from "zod";
import { accountApprovalSchema, retirementSchema } from "../agreements/approval.ts";
import { clientAddress } from "../values/client-address.ts";
import { quotaSchema } from "./quotas.ts";
import { waiverSchema } from "../agreements/waiver.ts";
import { accountName, duration, topicName } from "../values/values.ts";

/** An account: who uses topics, and how. Unknown keys are errors. */

const text = z.string({ error: "some text" }).min(1, { error: "some text" });

/** A name, or with `*` at its end the start of one. `*` alone would be everything, and is refused. */
const orPrefix = (name: z.ZodType<string>, like: string) =>
  z.string({ error: like }).refine(
    (given) => {
      if (!given.endsWith("*")) return name.safeParse(given).success;
      const prefix = given.slice(0, -1);
      // "_" would reach Kafka's own topics, whose names start with two of them.
      return !["", "_"].includes(prefix) && name.safeParse(`${prefix}x`).success;
    },
    { error: `${like}, or the start of one with * at its end` },
  );

const topics = z.array(orPrefix(topicName, "the name of a topic"));
const group = orPrefix(accountName, "a name in lower case");
const exactlyOnce = z.boolean({ error: "true or false" }).default(false);

const consumption = z.strictObject({
  topics: topics.min(1, { error: "at least one topic" }),
  group: group.describe("Consumer group that it joins."),
});

const streamsApplication = z.strictObject({
  applicationId: accountName.describe(
    "Its application.id: consumer group, and start of its names.",
  ),
  consumes: topics.min(1, { error: "at least one topic" }),
  produces: topics.default([]),
  exactlyOnce: exactlyOnce.describe("Whether it runs with exactly_once_v2."),
});

const connectCluster = z.strictObject({
  group: accountName.describe("Its group.id."),
  configTopic: topicName,
  offsetTopic: topicName,
  statusTopic: topicName,
  exactlyOnce: exactlyOnce.describe("Whether it supports exactly-once source connectors."),
});

const schemaRegistry = z.strictObject({
  topics: topics.min(1, { error: "at least one topic" }),
  group,
});

const mirrorTarget = z.strictObject({
  target: accountName.describe("Alias of the cluster that is copied to."),
  topics: topics.min(1, { error: "at least one topic" }),
  groups: z.array(group).default([]).describe("Groups whose positions are copied too."),
});

const grants = {
  produces: topics.default([]),
  consumes: z.array(consumption).default([]),
  transactionalIds: z.array(group).optional().describe("Transactional ids of its producers."),
  streams: z.array(streamsApplication).optional(),
  connect: z.array(connectCluster).optional(),
  schemaRegistries: z.array(schemaRegistry).optional(),
  mirrorsTo: z.array(mirrorTarget).optional(),
  mirrorsFrom: z.array(accountName).optional().describe("Aliases of clusters it copies from."),
  inspects: z.boolean().optional().describe("Sees everything but records, changes nothing."),
  observes: z.boolean().optional().describe("Sees everything and reads every topic."),
};

export const accountSchema = z.strictObject({
  description: text,
  owner: text.optional().describe("Team that answers for it. Default: the domain's owner."),
  ...grants,
  groups: z.array(accountName).optional().describe("Groups of accounts whose grants it gets."),
  mechanism: z
    .enum(["SCRAM-SHA-512", "SCRAM-SHA-256"], { error: "SCRAM-SHA-512 or SCRAM-SHA-256" })
    .optional()
    .describe("How it logs in until it is rotated. Default: SCRAM-SHA-512."),
  hosts: z
    .array(clientAddress)
    .min(1, { error: "at least one address; leave it out to allow every address" })
    .optional()
    .describe("Addresses it may come from. Default: every address."),
  quota: quotaSchema.optional(),
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
});

/** A group of accounts: what every member of it may do. */
export const accountGroupSchema = z.strictObject({
  description: text,
  owner: text.describe("Team that answers for it."),
  ...grants,
});

export type Account = z.output<typeof accountSchema>;
export type AccountGrants = z.output<z.ZodObject<typeof grants>>;
/** A group as it is written. */
export type AccountGroup = z.input<typeof accountGroupSchema>;

/** Whether a declaration that says `mentioned` means `name`: it is the same, or starts so before `*`. */
export const isMeant = (mentioned: string, name: string): boolean =>
  mentioned.endsWith("*") ? name.startsWith(mentioned.slice(0, -1)) : mentioned === name;

/** What an account or a group declares for itself, without what describes it. */
export const ownGrants = (declared: AccountGrants): AccountGrants =>
  Object.fromEntries(
    Object.keys(grants).flatMap((key) => {
      const value = declared[key as keyof AccountGrants];
      return value === undefined ? [] : [[key, value]];
    }),
  ) as AccountGrants;
