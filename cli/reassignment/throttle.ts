import type { DynamicConfig, OngoingReassignment } from "../../clients/kafka/reassignments.ts";
import type { Move } from "./plan.ts";

/**
 * Configuration that limits what moves may use of the brokers' bandwidth. It names each moving replica,
 * as Kafka's own tool does: with `*` a follower that has fallen behind would be slowed down too, and
 * could never catch up.
 */

const RATES = ["leader.replication.throttled.rate", "follower.replication.throttled.rate"];
const FROM = "leader.replication.throttled.replicas";
const TO = "follower.replication.throttled.replicas";

/**
 * Bytes per second that moves may send, and receive, on each broker; null: no limit. Set for all brokers
 * at once: what is set for one is taken by that broker alone.
 */
export const brokerLimits = (rate: number | null): DynamicConfig => ({
  of: "broker",
  name: EVERY_BROKER,
  values: Object.fromEntries(RATES.map((key) => [key, rate === null ? null : String(rate)])),
});

/** Kafka's name of the default of the cluster. */
const EVERY_BROKER = "";

/** On every topic: which replicas send, and which receive. */
export const topicLimits = (moves: readonly Move[]): DynamicConfig[] =>
  [...Map.groupBy(moves, ({ topic }) => topic)].map(([name, of]) => {
    const list = (replicas: (move: Move) => readonly number[]) =>
      of
        .flatMap((move) => replicas(move).map((id) => `${String(move.partition)}:${String(id)}`))
        .join(",");
    const values = {
      [FROM]: list(({ replicas }) => replicas),
      [TO]: list(({ replicas, to }) => to.filter((id) => !replicas.includes(id))),
    };
    return { of: "topic", name, values };
  });

/** Takes the limits of topics away again. */
export const withoutLimits = (moves: readonly (Move | OngoingReassignment)[]): DynamicConfig[] =>
  [...new Set(moves.map(({ topic }) => topic))].map((name) => {
    return { of: "topic", name, values: { [FROM]: null, [TO]: null } };
  });
