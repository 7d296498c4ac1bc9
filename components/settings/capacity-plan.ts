import { capacityFindings, type Finding } from "./capacity-findings.ts";
import { type PartitionSizing, partitionSizing } from "./partition-sizing.ts";
import type { Environment } from "./stack-config.ts";
import { inEnvironment, type TopicDeclaration, topicSpec } from "./topic-spec.ts";
import { partitionCount, type PartitionDemand } from "./topic-partitions.ts";
import { type TopicStorage, topicStorage, type TopicVolume } from "./topic-storage.ts";

/** A declared topic, and how many consumer groups read it. */
export interface PlannedTopic extends TopicDeclaration, TopicVolume {
  readonly name: string;
  readonly readers: number;
  /** What its number of partitions must be enough for. @default what is declared instead of a number */
  readonly demand?: PartitionDemand | undefined;
}

/** What there is room on. */
export interface ClusterRoom {
  readonly environment: Environment;
  readonly brokers: number;
  /** Bytes of each broker's volume. @default not known, and not judged */
  readonly storage?: number | undefined;
  /** Bytes a second that a broker's network carries in each direction. @default not judged */
  readonly network?: number | undefined;
}

export type Verdict = "ok" | "warning" | "failure";

/** Shares of what there is from which a plan warns, and fails. */
export const THRESHOLDS = { warning: 0.7, failure: 0.85 } as const;

/** What is needed of what there is. */
export interface Load {
  readonly needed: number;
  readonly available: number | undefined;
  readonly verdict: Verdict;
}

/** Bytes a second on one broker at the peak, leaders and copies spread evenly. */
export interface BrokerBandwidth {
  readonly produced: number;
  readonly replicatedIn: number;
  readonly consumed: number;
  readonly replicatedOut: number;
}

/** What an account writes or reads on one broker at the peak, in bytes a second, and may. */
export interface QuotaDemand {
  readonly account: string;
  readonly kind: "producer" | "consumer";
  readonly needed: number;
  /** Its own limit, else everybody's. @default it is not limited, and not judged */
  readonly limit?: number | undefined;
}

export interface PlannedTopicLoad {
  readonly name: string;
  readonly storage: TopicStorage;
  readonly partitions: PartitionSizing;
}

export interface CapacityPlan {
  readonly topics: readonly PlannedTopicLoad[];
  /** Of one broker, Kafka's own topics included. */
  readonly storage: Load;
  readonly bandwidth: BrokerBandwidth;
  /** The busier direction of one broker's network. */
  readonly network: Load;
  /** Of every account that is limited. */
  readonly quotas: readonly (Load & QuotaDemand)[];
  /** What is not well, and what to do, the worst first. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

const MIB = 2 ** 20;

/**
 * What Kafka itself keeps, at most, by its defaults: 50 partitions each of `__consumer_offsets` and
 * `__transaction_state` with segments of 100 MiB, in up to three copies, and 100 MiB of metadata.
 */
const kafkasOwn = (brokers: number): number =>
  ((2 * 50 * Math.min(brokers, 3)) / brokers + 1) * 100 * MIB;

/**
 * What the declared topics take of a cluster: disks, networks, partitions, quotas; each judged by the
 * same {@link THRESHOLDS}. Nothing is measured: it is as good as the declared volumes.
 */
export function capacityPlan(
  topics: readonly PlannedTopic[],
  room: ClusterRoom,
  demands: readonly QuotaDemand[] = [],
): CapacityPlan {
  const { environment, brokers } = room;
  const loads = topics.map((topic) => {
    const { partitions } = inEnvironment(topic, environment);
    const demand = topic.demand ?? (typeof partitions === "number" ? undefined : partitions);
    return {
      name: topic.name,
      storage: topicStorage(topic, environment, brokers),
      partitions: partitionSizing(partitionCount(partitions), topic, demand),
    };
  });
  const needed = loads.reduce((sum, { storage }) => sum + storage.perBroker, kafkasOwn(brokers));
  const storage = load(needed, room.storage);
  const bandwidth = bandwidthOf(topics, loads, room);
  const busier = Math.max(
    bandwidth.produced + bandwidth.replicatedIn,
    bandwidth.consumed + bandwidth.replicatedOut,
  );
  const network = load(busier, room.network);
  const quotas = demands
    .filter(({ limit }) => limit !== undefined)
    .map((one) => ({ ...one, ...load(one.needed, one.limit) }));
  const judged = { topics: loads, storage, bandwidth, network, quotas };
  const findings = capacityFindings(judged);
  const verdict = findings[0]?.verdict ?? "ok";
  return { ...judged, findings, verdict };
}

function load(needed: number, available: number | undefined): Load {
  const share = available === undefined ? 0 : needed / available;
  const verdict =
    share >= THRESHOLDS.failure ? "failure" : share >= THRESHOLDS.warning ? "warning" : "ok";
  return { needed, available, verdict };
}

function bandwidthOf(
  topics: readonly PlannedTopic[],
  loads: readonly PlannedTopicLoad[],
  { environment, brokers }: ClusterRoom,
): BrokerBandwidth {
  const sum = { produced: 0, replicated: 0, consumed: 0 };
  for (const [at, topic] of topics.entries()) {
    const { throughput = 0 } = loads[at]?.partitions ?? {};
    sum.produced += throughput;
    sum.replicated += throughput * (topicSpec(topic, environment).replicationFactor - 1);
    sum.consumed += throughput * topic.readers;
  }
  return {
    produced: sum.produced / brokers,
    replicatedIn: sum.replicated / brokers,
    consumed: sum.consumed / brokers,
    replicatedOut: sum.replicated / brokers,
  };
}
