import { expect, test } from "vitest";
import { canarySpec } from "../../../model/observability/canary-topic.ts";
import { readStackConfig } from "../../../model/stack/stack-config.ts";

function clusterOf(cluster: object) {
  const input = { environment: "prod", protection: false, cluster };
  const { config, faults } = readStackConfig(input, "");
  if (!config) throw new Error(faults.join());
  return config.cluster;
}

const KUBERNETES = {
  ...{ kind: "kubernetes", context: "c", access: { type: "none" } },
  storage: { class: "fast", size: "1 GiB" },
};

test("the canary's topic has a partition for each broker, the copies of its environment, and keeps little", () => {
  expect(canarySpec("prod", clusterOf({ ...KUBERNETES, brokers: 5 }))).toEqual({
    partitions: 5,
    replicationFactor: 3,
    config: {
      "cleanup.policy": "delete",
      "compression.type": "producer",
      "max.message.bytes": "1048576",
      "min.insync.replicas": "2",
      "retention.bytes": "16777216",
      "retention.ms": "3600000",
      "segment.bytes": "4194304",
      "segment.ms": "600000",
    },
  });
  expect(canarySpec("dev", clusterOf({ kind: "docker" }))).toMatchObject({
    partitions: 1,
    replicationFactor: 1,
  });
});

test("a broker that has left takes no partition along, which would make the topic anew", () => {
  const cluster = clusterOf({ ...KUBERNETES, brokers: 3, retiredBrokers: [3, 4] });
  expect(canarySpec("prod", cluster).partitions).toBe(5);
});
