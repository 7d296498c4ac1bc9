import {
  alterPartitionReassignmentsV0,
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
  listPartitionReassignmentsV0,
  metadataV12,
} from "@platformatic/kafka";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { KafkaAdminError, type Outcome, refusal } from "./errors.ts";

const METADATA = ["Metadata", metadataV12.api] as const;
const ALTER = ["AlterPartitionReassignments", alterPartitionReassignmentsV0.api] as const;
const LIST = ["ListPartitionReassignments", listPartitionReassignmentsV0.api] as const;
const ALTER_CONFIGS = ["IncrementalAlterConfigs", incrementalAlterConfigsV1.api] as const;

export interface PartitionId {
  readonly topic: string;
  readonly partition: number;
}

/** A partition and the brokers that hold it, the preferred leader first. */
export interface Assignment extends PartitionId {
  readonly replicas: readonly number[];
}

/** A move that is under way. */
export interface OngoingReassignment extends Assignment {
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

export interface BrokerPlace {
  readonly id: number;
  readonly rack: string | undefined;
}

/** Every broker that is up, and every partition, those of Kafka's own topics included. */
export async function describeAssignments(
  link: BrokerLink,
  deadline: Deadline,
): Promise<{ readonly brokers: BrokerPlace[]; readonly partitions: Assignment[] }> {
  const what = "describing all partitions";
  const { brokers, topics } = await link.read(METADATA, what, deadline, null, false, false);
  return {
    brokers: brokers.map(({ nodeId, rack }) => ({ id: nodeId, rack: rack ?? undefined })),
    partitions: topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, replicaNodes }) => {
        return { topic: name ?? "", partition: partitionIndex, replicas: replicaNodes };
      }),
    ),
  };
}

/** The moves that are under way, whoever began them. */
export async function listReassignments(
  link: BrokerLink,
  deadline: Deadline,
): Promise<OngoingReassignment[]> {
  const what = "listing reassignments";
  const answer = await link.read(LIST, what, deadline, deadline.remainingMs, null);
  const error = refusal(what, answer);
  if (error) throw error;
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
      topic: name,
      partition: partitionIndex,
      replicas,
      adding: addingReplicas,
      removing: removingReplicas,
    })),
  );
}

/** Begins moves; `replicas` null ends one that is under way and goes back. Moving itself takes its time. */
export async function alterReassignments(
  link: BrokerLink,
  moves: readonly (PartitionId & { readonly replicas: readonly number[] | null })[],
  deadline: Deadline,
): Promise<Outcome[]> {
  if (moves.length === 0) return [];
  const what = `moving ${String(moves.length)} partitions`;
  const topics = [...Map.groupBy(moves, ({ topic }) => topic)].map(([name, of]) => ({
    name,
    partitions: of.map(({ partition, replicas }) => {
      return { partitionIndex: partition, replicas: replicas === null ? null : [...replicas] };
    }),
  }));
  const answer = await link.write(ALTER, what, deadline, deadline.remainingMs, false, topics);
  const whole = refusal(what, answer);
  if (whole) throw whole;
  const answers = new Map(
    answer.responses.flatMap(({ name, partitions }) =>
      partitions.map((one) => [key(name, one.partitionIndex), one] as const),
    ),
  );
  return moves.map(({ topic, partition }) => {
    const one = answers.get(key(topic, partition));
    return one && refusal(`partition ${String(partition)} of topic ${topic}`, one);
  });
}

const key = (topic: string, partition: number) => `${topic}/${String(partition)}`;

/** Values of a dynamic configuration; null puts the default back. */
export interface DynamicConfig {
  readonly of: "broker" | "topic";
  /** Number of the broker, or name of the topic. */
  readonly name: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** Sets what limits moves. @throws KafkaAdminError for the first that is refused */
export async function alterDynamicConfigs(
  link: BrokerLink,
  changes: readonly DynamicConfig[],
  deadline: Deadline,
): Promise<void> {
  if (changes.length === 0) return;
  const { SET, DELETE } = IncrementalAlterConfigOperationTypes;
  const resources = changes.map(({ of, name, values }) => ({
    resourceType: of === "broker" ? ConfigResourceTypes.BROKER : ConfigResourceTypes.TOPIC,
    resourceName: name,
    configs: Object.entries(values).map(([config, value]) =>
      value === null
        ? { name: config, configOperation: DELETE }
        : { name: config, configOperation: SET, value },
    ),
  }));
  const what = "limiting the bandwidth of moves";
  const answer = await link.write(ALTER_CONFIGS, what, deadline, resources, false);
  for (const one of answer.responses) {
    const error = refusal(`configuration of ${one.resourceName}`, one);
    if (error instanceof KafkaAdminError) throw error;
  }
}
