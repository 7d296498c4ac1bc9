import type { WrittenTopic } from "./topic-declaration.ts";

/**
 * Kinds of topic. A declaration says what is its own (description, key, volume, classification) and
 * where it differs from its profile; whatever it says wins.
 */

type Required = "description" | "key" | "classification" | "eventsPerHour";
type Own<Needed extends keyof WrittenTopic> = Pick<WrittenTopic, Needed> &
  Omit<Partial<WrittenTopic>, Needed | "cleanup">;

/** Facts that happened, each kept for a while. Default: 7 days, 1 MiB, lz4. */
export const event = (own: Own<Required | "partitions">): WrittenTopic => ({
  cleanup: "delete",
  retention: "7d",
  maxMessageSize: "1 MiB",
  producerCodec: "lz4",
  ...own,
});

/**
 * Requests to do something. Stale ones are worse than lost ones, so they are kept for a day, and they
 * are not compressed, because each is sent alone and at once.
 */
export const command = (own: Own<Required | "partitions">): WrittenTopic => ({
  cleanup: "delete",
  retention: "1d",
  maxMessageSize: "1 MiB",
  producerCodec: "none",
  ...own,
});

/** The latest state of each key, kept for ever. A deletion stays visible for 7 days. */
export const compactedTable = (own: Own<Required | "partitions">): WrittenTopic => ({
  cleanup: "compact",
  tombstoneRetention: "7d",
  maxMessageSize: "1 MiB",
  producerCodec: "gzip",
  ...own,
});

/**
 * The changes of one database table. One partition keeps all of them in order; in production three
 * keep those of each row in order. Kept for 1, 7 and 30 days in dev, staging and prod. A declaration
 * with `environments` of its own has none of these differences.
 */
export const changeStream = (own: Own<"description" | "eventsPerHour">): WrittenTopic => ({
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
  ...own,
});

/** Records that could not be processed, for somebody to look at. One partition: nobody is in a hurry. */
export const deadLetter = (
  own: Own<"description" | "classification" | "eventsPerHour">,
): WrittenTopic => ({
  key: "key of the failed record",
  cleanup: "delete",
  partitions: 1,
  retention: "30d",
  maxMessageSize: "2 MiB",
  producerCodec: "gzip",
  ...own,
});

/**
 * The change log of a stream processor's state store: read in full when the processor starts, so it
 * is compacted early and often.
 */
export const changelog = (own: Own<Required | "partitions">): WrittenTopic => ({
  cleanup: "compact",
  tombstoneRetention: "1d",
  maxMessageSize: "1 MiB",
  producerCodec: "lz4",
  ...own,
  config: { "min.cleanable.dirty.ratio": 0.01, "segment.ms": "1d", ...own.config },
});
