import { createPartitionsV3, createTopicsV7, deleteTopicsV6 } from "@platformatic/kafka";

import { type Batch, runBatch } from "./batch.ts";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import type { Outcome } from "./errors.ts";
import type { TopicConfigs } from "./topic-configs.ts";
import {
  describeLayouts,
  isLayout,
  topicOutcomes,
  topicsLabel,
  UNKNOWN_TOPIC,
} from "./topic-description.ts";

// The high-level calls ignore validateOnly, and retry the deletion of an absent topic for seconds.
const CREATE_TOPICS = ["CreateTopics", createTopicsV7.api] as const;
const CREATE_PARTITIONS = ["CreatePartitions", createPartitionsV3.api] as const;
const DELETE_TOPICS = ["DeleteTopics", deleteTopicsV6.api] as const;

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: TopicConfigs;
}

export interface PartitionCount {
  readonly name: string;
  /** The total wanted, not the number added. */
  readonly partitions: number;
}

/**
 * Creates topics; one that exists is refused (`TOPIC_ALREADY_EXISTS`). With `validateOnly` the
 * brokers answer what they would, and nothing is created.
 */
export async function createTopics(
  link: BrokerLink,
  topics: readonly NewTopic[],
  validateOnly: boolean,
  deadline: Deadline,
): Promise<Outcome[]> {
  return runBatch(topics, deadline, {
    ...byName,
    records: ({ partitions, configs }) => 1 + partitions + Object.keys(configs).length,
    send: async (part) => {
      const names = topicNames(part);
      const what = topicsLabel(validateOnly ? "validating" : "creating", names);
      const requested = part.map(toRequest);
      const answer = await link.write(
        CREATE_TOPICS,
        what,
        deadline,
        requested,
        deadline.remainingMs,
        validateOnly,
      );
      return topicOutcomes(names, answer.topics);
    },
    unseen: async (pending) => {
      if (validateOnly) return [];
      return withoutPartitions(link, pending, deadline);
    },
  });
}

/** Raises partition counts; a topic that already has the count wanted is fine. */
export async function createPartitions(
  link: BrokerLink,
  counts: readonly PartitionCount[],
  deadline: Deadline,
): Promise<Outcome[]> {
  const missing = await withoutPartitions(link, counts, deadline);
  const outcomes = await runBatch(missing, deadline, {
    ...byName,
    records: ({ partitions }) => partitions,
    send: async (part) => {
      const names = topicNames(part);
      const what = topicsLabel("adding partitions to", names);
      const requested = part.map(({ name, partitions }) => ({
        name,
        count: partitions,
        assignments: null,
      }));
      const answer = await link.write(
        CREATE_PARTITIONS,
        what,
        deadline,
        requested,
        deadline.remainingMs,
        false,
      );
      return topicOutcomes(names, answer.results);
    },
    unseen: (pending) => withoutPartitions(link, pending, deadline),
  });
  const byEntry = new Map(missing.map((count, i) => [count, outcomes[i]]));
  return counts.map((count) => byEntry.get(count));
}

/** Deletes topics with all their records; an absent one is fine, and answered at once. */
export async function deleteTopics(
  link: BrokerLink,
  names: readonly string[],
  deadline: Deadline,
): Promise<Outcome[]> {
  const topics = names.map((name) => ({ name }));
  return runBatch(topics, deadline, {
    ...byName,
    send: async (part) => {
      const what = topicsLabel("deleting", topicNames(part));
      const answer = await link.write(
        DELETE_TOPICS,
        what,
        deadline,
        [...part],
        deadline.remainingMs,
      );
      const failed = answer.responses.filter(({ errorCode }) => errorCode !== UNKNOWN_TOPIC);
      return topicOutcomes(topicNames(part), failed);
    },
    unseen: async (pending) => {
      const layouts = await describeLayouts(link, topicNames(pending), deadline);
      return pending.filter((_, i) => layouts[i] !== undefined);
    },
  });
}

const byName: Pick<Batch<{ readonly name: string }>, "key" | "name"> = {
  key: ({ name }) => name,
  name: ({ name }) => `topic ${name}`,
};

/** Those that do not have the partitions they should, each with a leader. */
async function withoutPartitions<Entry extends PartitionCount>(
  link: BrokerLink,
  topics: readonly Entry[],
  deadline: Deadline,
): Promise<Entry[]> {
  const layouts = await describeLayouts(link, topicNames(topics), deadline);
  return topics.filter(({ partitions }, i) => {
    const layout = layouts[i];
    return !(isLayout(layout) && layout.ready && layout.partitions === partitions);
  });
}

function toRequest({ name, partitions, replicationFactor, configs }: NewTopic) {
  return {
    name,
    numPartitions: partitions,
    replicationFactor,
    assignments: [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  };
}

function topicNames(topics: readonly { readonly name: string }[]): string[] {
  return topics.map(({ name }) => name);
}
