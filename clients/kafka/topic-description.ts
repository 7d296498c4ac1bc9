import { metadataV12 } from "@platformatic/kafka";

import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { type BrokerAnswer, KafkaAdminError, type Outcome, refusal } from "./errors.ts";
import { describeTopicConfigs, type TopicConfigs } from "./topic-configs.ts";

// The high-level metadata call leaves internal topics out; the request itself does not.
const METADATA = ["Metadata", metadataV12.api] as const;

/** Kafka's error code for a topic that does not exist. */
export const UNKNOWN_TOPIC = 3;

export interface TopicDescription {
  readonly name: string;
  readonly partitions: number;
  /** Of the partition with the fewest replicas: a running reassignment adds replicas for a while. */
  readonly replicationFactor: number;
  /** Configs set on the topic itself; what it inherits from the brokers is left out. */
  readonly configs: TopicConfigs;
  /** Kafka's own, such as `__consumer_offsets`. */
  readonly internal: boolean;
}

export interface TopicLayout extends Omit<TopicDescription, "configs"> {
  /** Every partition has a leader. */
  readonly ready: boolean;
}

/** Each topic, or undefined when there is none of that name, or why it cannot be told. */
export async function describeTopics(
  link: BrokerLink,
  names: readonly string[],
  deadline: Deadline,
): Promise<(TopicDescription | KafkaAdminError | undefined)[]> {
  const layouts = await describeLayouts(link, names, deadline);
  const found = layouts.flatMap((one) => (isLayout(one) ? one.name : []));
  const configs = await describeTopicConfigs(link, found, deadline);
  return layouts.map((layout) => {
    if (!isLayout(layout)) return layout;
    const own = configs.get(layout.name);
    // Undefined: deleted between the two requests.
    if (own === undefined || own instanceof KafkaAdminError) return own;
    const { name, partitions, replicationFactor, internal } = layout;
    return { name, partitions, replicationFactor, configs: own, internal };
  });
}

/** Names of all topics this user may describe, Kafka's internal ones included. */
export async function listTopics(link: BrokerLink, deadline: Deadline): Promise<string[]> {
  const { topics } = await link.read(METADATA, "listing topics", deadline, null, false, false);
  return topics.flatMap(({ name }) => name ?? []).sort();
}

/** As {@link describeTopics} without the configs, which are a request of their own. */
export async function describeLayouts(
  link: BrokerLink,
  names: readonly string[],
  deadline: Deadline,
): Promise<(TopicLayout | KafkaAdminError | undefined)[]> {
  if (names.length === 0) return [];
  const what = topicsLabel("describing", names);
  const { topics } = await link.read(METADATA, what, deadline, [...new Set(names)], false, false);
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  return names.map((name) => {
    const topic = byName.get(name);
    if (topic === undefined || topic.errorCode === UNKNOWN_TOPIC) return undefined;
    const error = refusal(`topic ${name}`, topic);
    if (error) return error;
    return {
      name,
      partitions: topic.partitions.length,
      replicationFactor: Math.min(...topic.partitions.map((one) => one.replicaNodes.length)),
      internal: topic.isInternal,
      ready: topic.partitions.every((one) => one.leaderId >= 0),
    };
  });
}

export function isLayout(one: TopicLayout | KafkaAdminError | undefined): one is TopicLayout {
  return one !== undefined && !(one instanceof KafkaAdminError);
}

/** Answers about topics in the order of `names`: the broker answers in an order of its own. */
export function topicOutcomes(
  names: readonly string[],
  answers: readonly (BrokerAnswer & { readonly name?: string | null | undefined })[],
): Outcome[] {
  const byName = new Map(answers.map((one) => [one.name, one]));
  return names.map((name) => {
    const answer = byName.get(name);
    return answer && refusal(`topic ${name}`, answer);
  });
}

/** `creating topic orders and 3 more`. */
export function topicsLabel(verb: string, names: readonly string[]): string {
  const rest = names.length - 1;
  return `${verb} topic ${names[0] ?? ""}${rest > 0 ? ` and ${rest} more` : ""}`;
}
