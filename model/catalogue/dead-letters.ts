import type { DeadLetter, DeclaredGrants } from "../access/grants.ts";
import { matchesPattern } from "../access/name-pattern.ts";
import { deadLetter } from "../topic/topic-profiles.ts";
import { type Topic, topicSchema } from "../topic/topic-declaration.ts";
import { KIB } from "../values/units.ts";
import { MAX_INT } from "../values/kafka-limits.ts";

/** What a topic's name gets to name its own dead letter topic. */
export const DEAD_LETTER_SUFFIX = ".dlq";

/** Room for what is added to a failed record: the error, where it came from, how often it was tried. */
const HEADERS = 64 * KIB;
/** Share of a topic's records that may fail before somebody must be called. */
const FAILING = 0.05;
/** Share of them that fails while all is well. */
const ALWAYS_FAILING = 0.001;

/** The dead letter topic that `deadLetter: true` makes: whatever its origin takes fits into it. */
export function deadLetterTopic(name: string, origin: Topic): Topic {
  const sizes = Object.values(origin.environments ?? {}).map(
    (changes) => changes?.maxMessageSize ?? 0,
  );
  const { to, average = to } = origin.eventsPerHour;
  const largest = Math.max(origin.maxMessageSize, ...sizes);
  return topicSchema.parse(
    deadLetter({
      description: `Records of ${name} that could not be processed.`,
      key: origin.key,
      classification: origin.classification,
      eventsPerHour: {
        from: 0,
        to: Math.ceil(to * FAILING),
        average: Math.ceil(average * ALWAYS_FAILING),
      },
      eventSize: `${origin.eventSize} B`,
      // It goes with its origin.
      retire: origin.retire,
      maxMessageSize: `${Math.min(largest + HEADERS, MAX_INT)} B`,
    }),
  );
}

/** Grants with what follows from the topics: `deadLetters`, as the grant compiler takes them. */
export interface ResolvedGrants extends DeclaredGrants {
  readonly deadLetters?: readonly DeadLetter[];
}

/**
 * The grants, and the right to put away what cannot be processed: whoever consumes a topic, as a
 * plain consumer or as a Streams application, may write to its dead letter topic. Reading that one is
 * never implied. Connect, schema registries and mirrors get nothing: they copy, and do not process.
 */
export function withDeadLetters(
  grants: DeclaredGrants,
  topics: readonly { readonly name: string; readonly deadLetter: string | undefined }[],
): ResolvedGrants {
  const consumed = [...grants.consumes, ...(grants.streams ?? [])].flatMap((reader) =>
    "topics" in reader ? reader.topics : reader.consumes,
  );
  const deadLetters = topics.flatMap(({ name: origin, deadLetter: topic }) =>
    topic !== undefined && consumed.some((mentioned) => matchesPattern(mentioned, origin))
      ? [{ origin, topic }]
      : [],
  );
  return deadLetters.length === 0 ? grants : { ...grants, deadLetters };
}
