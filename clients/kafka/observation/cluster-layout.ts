import { metadataV12 } from "@platformatic/kafka";
import type { BrokerLink } from "../broker-link.ts";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress } from "./broker-links.ts";

const METADATA = ["Metadata", metadataV12.api] as const;

export interface PartitionLayout {
  readonly partition: number;
  /** Id of the broker that leads, -1 when there is none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

export interface TopicLayout {
  readonly name: string;
  /** Another one after the topic was deleted and made anew. */
  readonly id: string;
  /** Kafka's own, such as `__consumer_offsets`. */
  readonly internal: boolean;
  /** In order of their numbers, which start at 0 without gaps. */
  readonly partitions: readonly PartitionLayout[];
}

export interface ClusterLayout {
  /** Brokers that are up, as the metadata says: for some seconds after a crash it says too much. */
  readonly brokers: readonly BrokerAddress[];
  /** All topics that this user may describe. */
  readonly topics: readonly TopicLayout[];
}

/** The whole cluster in one request. Topics without a right are left out by Kafka, without a word. */
export async function clusterLayout(link: BrokerLink, deadline: Deadline): Promise<ClusterLayout> {
  const answer = await link.read(METADATA, "cluster layout", deadline, null, false, false);
  return {
    brokers: answer.brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
    topics: answer.topics.flatMap((topic) => {
      const { name } = topic;
      if (typeof name !== "string" || refusal(`topic ${name}`, topic)) return [];
      const partitions = topic.partitions.map((one) => ({
        partition: one.partitionIndex,
        leader: one.leaderId,
        replicas: one.replicaNodes,
        inSync: one.isrNodes,
      }));
      partitions.sort((one, other) => one.partition - other.partition);
      return [{ name, id: topic.topicId, internal: topic.isInternal, partitions }];
    }),
  };
}

/**
 * Who leads each partition of one topic, by the number of the partition; -1 where nobody does.
 *
 * @throws KafkaAdminError when there is no such topic, or no right to see it
 */
export async function topicLeaders(
  link: BrokerLink,
  topic: string,
  deadline: Deadline,
): Promise<number[]> {
  const what = `leaders of topic ${topic}`;
  const { topics } = await link.read(METADATA, what, deadline, [topic], false, false);
  const [layout] = topics;
  const error = layout && refusal(`topic ${topic}`, layout);
  if (error) throw error;
  const leaders: number[] = [];
  for (const { partitionIndex, leaderId } of layout?.partitions ?? []) {
    leaders[partitionIndex] = leaderId;
  }
  return leaders;
}
