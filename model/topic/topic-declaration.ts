import { z } from "zod";
import { topicConfig } from "./topic-config.ts";
import { retirementSchema, topicApprovalSchema } from "../agreements/approval.ts";
import { partitionsSchema } from "./topic-partitions.ts";
import { durationFromZero, size, topicName } from "../values/values.ts";
import { unknownKeys } from "../values/default-messages.ts";
import { topicKeyReason } from "./unknown-config.ts";
import { waiverSchema } from "../agreements/waiver.ts";
import { MAX_INT } from "../values/kafka-limits.ts";
import { watchFaults, watchFields } from "./topic-watch.ts";

/** What a topic is declared with. Unknown keys are errors. */

const text = z.string().min(1, { error: "some text" });

const maxMessageSize = size.refine((bytes) => bytes <= MAX_INT, { error: "less than 2 GiB" });

const copies = z.int().min(1, { error: "at least 1" });

/** What may differ between environments, once parsed in base units: milliseconds, bytes. */
const values = {
  partitions: partitionsSchema.describe("How many partitions, or what their number follows from."),
  retention: z
    .union([durationFromZero, z.literal("unlimited").transform(() => -1)], {
      error: 'a duration such as 30s, 15m, 12h or 7d, or "unlimited"',
    })
    .optional()
    .describe("How long a record is kept, where cleanup deletes; unlimited is -1."),
  retentionSize: size.optional().describe("How much each partition keeps, besides `retention`."),
  tombstoneRetention: durationFromZero
    .optional()
    .describe("How long a deletion stays visible to consumers, where cleanup compacts."),
  maxMessageSize: maxMessageSize.describe("Largest record batch."),
  producerCodec: z
    .enum(["none", "gzip", "snappy", "lz4", "zstd"], {
      error: "none, gzip, snappy, lz4 or zstd",
    })
    .describe("Compression that producers use. The topic keeps what they send."),
  replicationFactor: copies.optional().describe("Copies of each record. Default: by environment."),
  minInsyncReplicas: copies
    .optional()
    .describe(
      "Copies that must have a record before a write with acks=all is done. Default: by environment.",
    ),
  config: topicConfig.optional().describe("What no field covers, by Kafka's own names."),
  waivers: z
    .array(waiverSchema, { error: "a list of waivers" })
    .optional()
    .describe("Rules of the policies that it breaks on purpose."),
  approve: z
    .array(topicApprovalSchema, { error: "a list of approvals" })
    .optional()
    .describe("Changes of it that somebody agreed to although they cannot be taken back."),
};

const ofTopic = { error: unknownKeys(topicKeyReason) };

const eventsPerHour = z
  .strictObject({
    from: z.int().nonnegative(),
    to: z.int().nonnegative().describe("In the busiest hour: throughput is planned with it."),
    average: z
      .int()
      .nonnegative()
      .optional()
      .describe("Over days: storage is planned with it. Default: `to`."),
    given: z
      .boolean({ error: "true or false" })
      .default(false)
      .describe("Whether these are figures of the owner, and not estimates."),
  })
  .refine(({ from, to }) => from <= to, { error: "`from` not above `to`" })
  .refine(({ from, to, average = to }) => from <= average && average <= to, {
    error: "`average` from `from` to `to`",
  });

/** How much is written, and of how many keys: what an environment has of its own is not reckoned from prod's. */
const volume = {
  eventsPerHour: eventsPerHour.describe("Expected volume."),
  keys: z
    .int({ error: "a whole number of keys" })
    .positive({ error: "a whole number of keys" })
    .optional()
    .describe(
      "How many different keys there are: what a compacted topic comes down to. Default: as many " +
        "as events in a day.",
    ),
};

const changes = z.strictObject({ ...values, ...volume, ...watchFields }, ofTopic).partial();

const schemaReference = z.strictObject({
  name: text.describe("Name of the value's schema, with its version."),
  compatibility: z.enum(
    [
      ...(["BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE"] as const),
      ...(["FULL", "FULL_TRANSITIVE", "NONE"] as const),
    ],
    { error: "BACKWARD, FORWARD or FULL, each with _TRANSITIVE or without, or NONE" },
  ),
});

const fields = {
  description: text,
  key: text
    .nullable()
    .describe(
      "Field that records are keyed by: records with equal keys stay in order. null: they have no keys.",
    ),
  classification: z
    .enum(["public", "internal", "confidential", "personal"], {
      error: "public, internal, confidential or personal",
    })
    .describe("Who may see it. `personal`: about people, so that data protection law applies."),
  ...volume,
  eventSize: size
    .prefault("1 KiB")
    .describe("Average size of a record with its key, as it is stored: compressed."),
  cleanup: z
    .enum(["delete", "compact", "compact,delete", "delete,compact"], {
      error: '"delete", "compact" or "compact,delete"',
    })
    .transform((both) => (both === "delete,compact" ? "compact,delete" : both))
    .describe("What happens to old records: dropped, compacted to the latest of a key, or both."),
  ...values,
  ...watchFields,
  schema: schemaReference.optional(),
  deadLetter: z
    .union([z.literal(true), topicName], {
      error: "true for a topic of its own, or the name of a declared one",
    })
    .optional()
    .describe(
      "Where consumers put records that they cannot process: `true` makes a topic of its own, a " +
        "name shares a declared one. Whoever consumes this topic may write there, and nobody may " +
        "read there who does not consume it by name.",
    ),
  guarded: z
    .boolean({ error: "true or false" })
    .default(false)
    .describe("Its records must never be lost: deleting it takes more than removing it here."),
  retire: retirementSchema
    .optional()
    .describe(
      "It is to be deleted: lifts its protection. Once that is applied, its declaration can go.",
    ),
  environments: z
    .strictObject({ dev: changes, staging: changes, prod: changes })
    .partial()
    .optional(),
};

export const topicSchema = z.strictObject(fields, ofTopic).superRefine((topic, context) => {
  const { cleanup } = topic;
  for (const { path, message } of watchFaults(topic)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
  const wanted = (field: string, what: string) => {
    const message = `${what}: cleanup is "${cleanup}"`;
    context.addIssue({ code: "custom", path: [field], message });
  };
  if (cleanup !== "compact" && topic.retention === undefined) wanted("retention", "a duration");
  if (cleanup === "delete") return;
  if (topic.key === null) wanted("key", "the field that records are keyed by");
  if (topic.tombstoneRetention === undefined) wanted("tombstoneRetention", "a duration");
});

/** Values that a domain gives to each of its topics that does not say otherwise. */
export const topicDefaultsSchema = z
  .strictObject(fields)
  .omit({ approve: true, retire: true })
  .partial();

/** A topic as it is written. */
export type WrittenTopic = z.input<typeof topicSchema>;
/** What a domain says for its topics. */
export type TopicDefaults = z.input<typeof topicDefaultsSchema>;
/** The same with every value parsed. */
export type Topic = z.output<typeof topicSchema>;
