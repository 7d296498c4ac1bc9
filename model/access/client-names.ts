import { z } from "zod";
import { TOPIC_NAME } from "../values/kafka-limits.ts";

/**
 * Names that clients give themselves. Kafka takes any text for most of them, in capitals or not; only
 * what becomes part of a topic's name is bound to the alphabet of topics.
 */

/** Kafka sets no limit worth the name; longer ones are no names any more. */
const LONGEST_ID = 255;

/** Neither what ends a line, nor half of a character, which no client could send. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

const id = (what: string) => {
  const error = `${what} of 1 to ${LONGEST_ID} characters, none of them a control character`;
  return z
    .string({ error })
    .min(1, { error })
    .max(LONGEST_ID, { error })
    .refine((text) => !UNPRINTABLE.test(text), { error })
    .refine((text) => !text.includes("*"), { error: `${what} without * in it` });
};

/** Of consumers, of Connect workers and of schema registries. */
export const groupId = id("a group id");

export const transactionalId = id("a transactional id");

/** What topics are made with by the client itself leaves room for what that adds. */
const startOfTopics = (what: string, longest: number) => {
  const error =
    `${what} of at most ${longest} letters, digits, dots, hyphens and underscores: ` +
    "topics are named after it";
  return z.string({ error }).max(longest, { error }).regex(TOPIC_NAME, { error });
};

/** Kafka Streams makes `<id>-<store>-changelog` and the like. */
export const applicationId = startOfTopics("an application id", 200);

/** MirrorMaker makes `<alias>.<topic>` and `mm2-offset-syncs.<alias>.internal`. */
export const clusterAlias = startOfTopics("the alias of a cluster", 200);
