import type { RoleSettings } from "./client-profiles.ts";

/** What the topics of an account ask of its clients. */
export interface ClientTopics {
  /**
   * Declared topics that it may write: those that it produces and then its dead letters and the like,
   * each with the most bytes first.
   */
  readonly writes: readonly ClientTopic[];
  /** Declared topics that it may read, that with the most bytes first. */
  readonly reads: readonly ClientTopic[];
}

export interface ClientTopic {
  readonly topic: string;
  /** Codec that its producers are to use. */
  readonly codec: string;
  /** Bytes of its largest batch. */
  readonly maxMessageSize: number;
}

/** Sizes in bytes that clients have where nobody says otherwise. */
const DEFAULTS = {
  "max.request.size": 1_048_576,
  "buffer.memory": 33_554_432,
  "max.partition.fetch.bytes": 1_048_576,
  "fetch.max.bytes": 52_428_800,
} as const;

/**
 * The settings with the codec that the topics declare, and with sizes that their largest batches fit
 * into. Where topics declare several codecs a producer can have only one: that of the first topic.
 */
export function fitted(
  { producer, consumer }: RoleSettings,
  { writes, reads }: ClientTopics,
): RoleSettings {
  const codec = writes[0]?.codec;
  return {
    producer: {
      ...producer,
      ...(codec !== undefined && { "compression.type": codec }),
      ...raised(producer, largest(writes), ["max.request.size", "buffer.memory"]),
    },
    consumer: {
      ...consumer,
      ...raised(consumer, largest(reads), ["max.partition.fetch.bytes", "fetch.max.bytes"]),
    },
  };
}

/** Bytes of the largest batch in any of the topics; 0 where there is none. */
export const largest = (topics: readonly ClientTopic[]): number =>
  Math.max(0, ...topics.map(({ maxMessageSize }) => maxMessageSize));

/** Those of the sizes that are too small for so many bytes, large enough. */
const raised = (
  settings: Readonly<Record<string, string>>,
  bytes: number,
  keys: readonly (keyof typeof DEFAULTS)[],
): Record<string, string> =>
  Object.fromEntries(
    keys
      .filter((key) => Number(settings[key] ?? DEFAULTS[key]) < bytes)
      .map((key) => [key, String(bytes)]),
  );

/** Which topic declares which codec, a line each; nothing where all declare the same. */
export function codecNotes({ writes }: ClientTopics): string[] {
  const codecs = Map.groupBy(writes, ({ codec }) => codec);
  const [first] = writes;
  if (first === undefined || codecs.size === 1) return [];
  return [
    `The topics declare several codecs. Set is that of ${first.topic}, which is to have the most bytes.`,
    ...[...codecs].map(
      ([codec, topics]) => `${codec}: ${topics.map(({ topic }) => topic).join(", ")}`,
    ),
  ];
}
