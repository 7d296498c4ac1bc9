import { isTopicConfig, placeOf, topicPlaceOf } from "./broker-synonyms.ts";

/** Why a key of another place, of another version or of another product is no key of `config`. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /\.replication\.throttled\.replicas$/,
    "it holds while replicas are moved: `npx kafka-platform reassign` sets and removes it",
  ],
  [/^confluent\./, "a key of Confluent's server, which Apache Kafka does not know"],
  [
    /^message\.timestamp\.difference\.max\.ms$/,
    "Kafka 4.0 has removed it; say `message.timestamp.before.max.ms` and `message.timestamp.after.max.ms`",
  ],
  [
    /^message\.format\.version$/,
    "Kafka 4.0 has removed it, because records have one format since: leave it out",
  ],
  [
    /^message\.downconversion\.enable$/,
    "Kafka 4.0 has removed it, with the clients that it was for: leave it out",
  ],
];

/** Why a key is none of a topic's configurations, where that is known. */
export function configKeyReason(key: string): string | undefined {
  const reason = REASONS.find(([pattern]) => pattern.test(key))?.[1];
  if (reason !== undefined) return reason;
  const place = topicPlaceOf(key);
  return place && `a key of brokers; topics say ${place}`;
}

/** Where a key of Kafka's belongs that stands beside the fields of a topic. */
export const topicKeyReason = (key: string): string | undefined =>
  isTopicConfig(key) ? `a topic says it in ${placeOf(key)}` : configKeyReason(key);
