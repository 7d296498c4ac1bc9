import { capacityFindings } from "./capacity-findings.ts";
import { partitionSizing } from "./partition-sizing.ts";
import { inEnvironment, topicSpec } from "../topic/topic-spec.ts";
import { demandOf, partitionCount } from "../topic/topic-partitions.ts";
import { topicStorage } from "./topic-storage.ts";
import {
  type BrokerBandwidth,
  type CapacityPlan,
  type ClusterRoom,
  type Load,
  type PlannedTopic,
  type PlannedTopicLoad,
  type QuotaDemand,
  THRESHOLDS,
} from "./capacity.ts";
import { MIB } from "../values/units.ts";

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
    const { partitions, retention } = inEnvironment(topic, environment);
    const demand = topic.demand ?? demandOf(partitions);
    return {
      name: topic.name,
      ...(topic.classification === "personal" && { personalRetention: retention }),
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
    sum.replicated += throughput * (topicSpec(topic, environment, brokers).replicationFactor - 1);
    sum.consumed += throughput * topic.readers;
  }
  return {
    produced: sum.produced / brokers,
    replicatedIn: sum.replicated / brokers,
    consumed: sum.consumed / brokers,
    replicatedOut: sum.replicated / brokers,
  };
}
