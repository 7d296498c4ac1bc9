import type { WrittenTopic } from "./topic-declaration.ts";

/**
 * Kinds of topic. A declaration says what is its own (description, key, volume, classification) and
 * where it differs from its profile; whatever it says wins.
 */

type Required = "description" | "key" | "classification" | "eventsPerHour";
type Own<Needed extends keyof WrittenTopic> = Pick<WrittenTopic, Needed> &
  Omit<Partial<WrittenTopic>, Needed | "cleanup">;

/** What a declaration says itself of an event, a command, a table or a changelog. */
export type OwnValues = Own<Required | "partitions">;

/** What makes a topic of a declaration; what that leaves out is for the defaults of its domain to say. */
interface Profile<Needed extends keyof WrittenTopic> {
  (own: Own<Needed>): WrittenTopic;
  (own: Own<never>): Partial<WrittenTopic>;
}

const profile =
  <Needed extends keyof WrittenTopic>(values: Partial<WrittenTopic>): Profile<Needed> =>
  (own: Own<never>) =>
    ({ ...values, ...own }) as WrittenTopic;

/** Facts that happened, each kept for a while. Default: 7 days, 1 MiB, lz4. */
export const event = profile<Required | "partitions">({
  cleanup: "delete",
  retention: "7d",
  maxMessageSize: "1 MiB",
  producerCodec: "lz4",
});

/**
 * Requests to do something. Stale ones are worse than lost ones, so they are kept for a day, and they
 * are not compressed, because each is sent alone and at once.
 */
export const command = profile<Required | "partitions">({
  cleanup: "delete",
  retention: "1d",
  maxMessageSize: "1 MiB",
  producerCodec: "none",
});

/** The latest state of each key, kept for ever. A deletion stays visible for 7 days. */
export const compactedTable = profile<Required | "partitions">({
  cleanup: "compact",
  tombstoneRetention: "7d",
  maxMessageSize: "1 MiB",
  producerCodec: "gzip",
});

/**
 * The changes of one database table. One partition keeps all of them in order; in production three
 * keep those of each row in order. Kept for 1, 7 and 30 days in dev, staging and prod. A declaration
 * with `environments` of its own has none of these differences.
 */
export const changeStream = profile<"description" | "eventsPerHour">({
  key: "primary key of the row",
  classification: "confidential",
  cleanup: "delete",
  partitions: 1,
  retention: "7d",
  maxMessageSize: "1 MiB",
  producerCodec: "snappy",
  environments: {
    dev: { retention: "1d", producerCodec: "none" },
    prod: { partitions: 3, retention: "30d", producerCodec: "zstd" },
  },
});

/**
 * Records that could not be processed, for somebody to look at. One partition: nobody is in a hurry; who reads them
 * may be behind.
 */
export const deadLetter = profile<"description" | "classification" | "eventsPerHour">({
  key: "key of the failed record",
  cleanup: "delete",
  partitions: 1,
  retention: "30d",
  maxMessageSize: "2 MiB",
  producerCodec: "gzip",
  alerts: { lag: "off" },
});

/**
 * The change log of a stream processor's state store: read in full when the processor starts, so it
 * is compacted early and often.
 */
export const changelog: Profile<Required | "partitions"> = (own: Own<never>) =>
  ({
    cleanup: "compact",
    tombstoneRetention: "1d",
    maxMessageSize: "1 MiB",
    producerCodec: "lz4",
    ...own,
    config: { "min.cleanable.dirty.ratio": 0.01, "segment.ms": "1d", ...own.config },
  }) as WrittenTopic;
