import type { ClusterConfig } from "../stack/stack-config.ts";
import { topicSpec, type TopicSpec } from "../topic/topic-spec.ts";
import type { Environment } from "../values/environment.ts";
import { MIB, MILLISECONDS } from "../values/units.ts";

/** What is recorded of the canary's topic. */
export const CANARY_RECORD = {
  owner: "platform",
  description: "A record a second through each broker: what a client sees of the cluster.",
  classification: "internal",
  guarded: false,
} as const;

/**
 * The topic of the canary: a partition for each broker there is or was, because a topic never has fewer again. Its
 * records are of use for a moment, and tell nobody anything.
 */
export const canarySpec = (environment: Environment, cluster: ClusterConfig): TopicSpec => {
  const brokers = brokersEver(cluster);
  return topicSpec(
    {
      partitions: brokers,
      cleanup: "delete",
      retention: MILLISECONDS.h,
      retentionSize: 16 * MIB,
      maxMessageSize: MIB,
      // The segment that is written to is never dropped.
      config: { "segment.bytes": String(4 * MIB), "segment.ms": String(10 * MILLISECONDS.m) },
    },
    environment,
    brokers,
  );
};

const brokersEver = (cluster: ClusterConfig): number =>
  cluster.kind === "docker"
    ? 1
    : Math.max(cluster.brokers, ...cluster.retiredBrokers.map((node) => node + 1));
