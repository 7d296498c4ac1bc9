import { z } from "zod";
import { accountName, duration, size, topicName } from "../components/settings/values.ts";
import { accountSchema } from "./account.schema.ts";

/** What a domain declares: its topics and the accounts that use them. Unknown keys are errors. */

const text = z.string().min(1, { error: "some text" });

const dropAfter = z.strictObject({
  policy: z.literal("delete"),
  retention: duration.describe("How long a record is kept."),
});

const keepLatest = z.strictObject({
  policy: z.literal("compact"),
  tombstoneRetention: duration.describe("How long a deletion stays visible to consumers."),
});

const eventsPerHour = z
  .strictObject({ from: z.int().nonnegative(), to: z.int().positive() })
  .refine(({ from, to }) => from <= to, { error: "`from` not above `to`" });

export const topicSchema = z.strictObject({
  description: text,
  key: text.describe("Field that records are keyed by: records with equal keys stay in order."),
  partitions: z
    .int({ error: "a whole number of partitions" })
    .min(1, { error: "at least 1 partition" })
    .max(60, { error: "at most 60 partitions; more need a reason and a plan" }),
  cleanup: z.discriminatedUnion("policy", [dropAfter, keepLatest], {
    error: 'an object with policy "delete" or "compact"',
  }),
  maxMessageSize: size,
  producerCodec: z
    .enum(["none", "gzip", "snappy", "lz4", "zstd"], {
      error: "none, gzip, snappy, lz4 or zstd",
    })
    .describe("Compression that producers use. The topic keeps what they send."),
  eventsPerHour: eventsPerHour.describe("Expected volume."),
});

export const domainSchema = z.strictObject({
  owner: text.describe("Team that answers for the domain."),
  topics: z.record(topicName, topicSchema),
  accounts: z.record(accountName, accountSchema),
});

/** A domain as it is written. */
export type Domain = z.input<typeof domainSchema>;
export type Topic = z.output<typeof topicSchema>;
