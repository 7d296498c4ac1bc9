import { deadLetter } from "./profiles.ts";
import { type Topic, topicSchema } from "./topic.schema.ts";

/** What a topic's name gets to name its own dead letter topic. */
export const DEAD_LETTER_SUFFIX = ".dlq";

const KIB = 2 ** 10;
/** Room for what is added to a failed record: the error, where it came from, how often it was tried. */
const HEADERS = 64 * KIB;
/** Share of a topic's records that may fail before somebody must be called. */
const FAILING = 0.05;

/** The dead letter topic that `deadLetter: true` makes: whatever its origin takes fits into it. */
export function deadLetterTopic(name: string, origin: Topic): Topic {
  const sizes = Object.values(origin.environments ?? {}).map(
    (changes) => changes?.maxMessageSize ?? 0,
  );
  const largest = Math.max(origin.maxMessageSize, ...sizes);
  return topicSchema.parse(
    deadLetter({
      description: `Records of ${name} that could not be processed.`,
      key: origin.key,
      classification: origin.classification,
      eventsPerHour: { from: 0, to: Math.ceil(origin.eventsPerHour.to * FAILING) },
      maxMessageSize: `${Math.min(largest + HEADERS, 2 ** 31 - 1)} B`,
    }),
  );
}
