import { expect, test } from "vitest";
import { type BrokerHealth, brokerHealth } from "../../guards/broker-health.ts";
import { restartPermission } from "../../guards/restart-permission.ts";

const KUBECTL = "kubectl --context lab -n kafka";
const WELL = { leaders: 10, underReplicated: 0 };

/** Three brokers that are well, but for what is said of some. */
const brokers = (...told: readonly Partial<BrokerHealth>[]): BrokerHealth[] =>
  [0, 1, 2].map((ordinal) => ({ pod: `kafka-${String(ordinal)}`, ...WELL, ...told[ordinal] }));

const DOWN = { sick: "does not answer", leaders: 0 };

test("a cluster that is well is rolled, also before it has any topic", () => {
  expect(restartPermission(brokers(), KUBECTL)).toEqual({ allowed: true });
  const empty = { leaders: 0 };
  expect(restartPermission(brokers(empty, empty, empty), KUBECTL)).toEqual({ allowed: true });
});

test("the pod that goes first may be the sick one: the roll is its cure", () => {
  expect(restartPermission(brokers({ underReplicated: 4 }, {}, DOWN), KUBECTL)).toEqual({
    allowed: true,
    note: "kafka-2 does not answer: the roll begins with it.",
  });
});

test("another sick pod is restarted alone before the roll", () => {
  expect(restartPermission(brokers(DOWN, { underReplicated: 4 }, {}), KUBECTL)).toEqual({
    allowed: false,
    reason:
      "the cluster is degraded, and the next restart could stop writes: kafka-0 does not answer. " +
      "See why, mend it, and repeat: kubectl --context lab -n kafka logs kafka-0",
    cure: "kafka-0",
  });
});

test("a sick pod that recovers its log is not restarted, which would make it begin again", () => {
  const recovering = { sick: "has broker state 2, not 3 (running)", recovering: true } as const;
  expect(restartPermission(brokers({}, recovering, {}), KUBECTL)).toEqual({
    allowed: false,
    reason:
      "the cluster is degraded, and the next restart could stop writes: " +
      "kafka-1 has broker state 2, not 3 (running). Wait until it has recovered its log, then repeat.",
  });
});

test("where two of five are sick, none of them is restarted alone", () => {
  const five = [...brokers(DOWN, DOWN, {}), ...brokers({}, {}).slice(0, 2)].map((broker, at) => ({
    ...{ ...broker, pod: `kafka-${String(at)}` },
  }));
  const verdict = restartPermission(five, KUBECTL);
  expect(verdict.allowed).toBe(false);
  expect(verdict).not.toHaveProperty("cure");
});

test("a broker that looks well to itself but cannot replicate is found", () => {
  const verdict = restartPermission(brokers({}, { leaders: 0 }, { underReplicated: 300 }), KUBECTL);
  expect(verdict).toMatchObject({
    allowed: false,
    reason: expect.stringContaining(
      "kafka-1 leads nothing while others lack replicas in sync",
    ) as string,
  });
});

test("partitions that only catch up are waited for", () => {
  expect(
    restartPermission(brokers({ underReplicated: 2 }, {}, { underReplicated: 1 }), KUBECTL),
  ).toEqual({
    allowed: false,
    reason:
      "the cluster is degraded, and the next restart could stop writes: 3 partitions are under-replicated. " +
      "Wait until they are in sync again, then repeat. Which they are: " +
      "kubectl --context lab -n kafka get pods (a broker's readiness says it)",
  });
});

test("without a majority there is nothing to protect: the update is let through", () => {
  expect(restartPermission(brokers(DOWN, DOWN, {}), KUBECTL)).toEqual({
    allowed: true,
    note:
      "kafka-0 does not answer; kafka-1 does not answer: there is no majority to protect. " +
      "Should the roll stand still: kubectl --context lab -n kafka delete pod kafka-0 kafka-1",
  });
});

const metrics = (state: number, raft: string) => `# HELP x
kafka_server_kafkaserver_brokerstate ${state.toFixed(1)}
kafka_server_raft_metrics_current_state{state="${raft}",} 1.0
kafka_server_replicamanager_leadercount 7.0
kafka_server_replicamanager_underreplicatedpartitions 2.0
`;

test.each<[string, boolean, string | undefined, string | undefined]>([
  ["a controller that follows is well", true, metrics(3, "follower"), undefined],
  [
    "a controller that lost its vote is sick",
    true,
    metrics(3, "observer"),
    "has raft state observer, not leader or follower",
  ],
  ["a node that is a broker only is well without a vote", false, metrics(3, "observer"), undefined],
  [
    "a broker that recovers its logs is sick",
    true,
    metrics(2, "follower"),
    "has broker state 2, not 3 (running)",
  ],
  ["a broker without metrics is sick", true, "", "has broker state undefined, not 3 (running)"],
  ["a broker that does not answer is sick", true, undefined, "does not answer"],
])("%s", (_, controller, text, sick) => {
  expect(brokerHealth("kafka-0", controller, text).sick).toBe(sick);
});

test("the figures of the partitions come from the leader's own gauges", () => {
  expect(brokerHealth("kafka-0", true, metrics(3, "leader"))).toEqual({
    pod: "kafka-0",
    leaders: 7,
    underReplicated: 2,
  });
});

test("only a broker in state 2 counts as recovering its log", () => {
  expect(brokerHealth("kafka-0", true, metrics(2, "follower")).recovering).toBe(true);
  expect(brokerHealth("kafka-0", true, metrics(1, "follower"))).not.toHaveProperty("recovering");
});
