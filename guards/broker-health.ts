/** What one broker's metrics tell of it and of the partitions it leads. */
export interface BrokerHealth {
  /** Pod of the broker, such as `kafka-0`. */
  readonly pod: string;
  /** Why it is not well; undefined when it looks well to itself. */
  readonly sick?: string;
  /** Whether it recovers its log after a crash: a restart would make it begin again. */
  readonly recovering?: true;
  /** Partitions it leads. */
  readonly leaders: number;
  /** Those of them that lack a replica in sync. */
  readonly underReplicated: number;
}

const BROKER_STATE = "kafka_server_kafkaserver_brokerstate";
/** Its values, as Kafka numbers them. */
const RECOVERY = 2;
const RUNNING = 3;

/**
 * Reads a broker's health from the Prometheus text of its exporter, undefined when that did not answer.
 *
 * @param controller whether it is a voter of the controller quorum too
 */
export function brokerHealth(
  pod: string,
  controller: boolean,
  metrics: string | undefined,
): BrokerHealth {
  if (metrics === undefined) {
    return { pod, sick: "does not answer", leaders: 0, underReplicated: 0 };
  }
  const sick = sickness(controller, metrics);
  return {
    pod,
    ...(sick === undefined ? {} : { sick }),
    ...(gauge(metrics, BROKER_STATE) === RECOVERY ? { recovering: true } : {}),
    leaders: gauge(metrics, "kafka_server_replicamanager_leadercount") ?? 0,
    underReplicated: gauge(metrics, "kafka_server_replicamanager_underreplicatedpartitions") ?? 0,
  };
}

function sickness(controller: boolean, metrics: string): string | undefined {
  const state = gauge(metrics, BROKER_STATE);
  if (state !== RUNNING) return `has broker state ${state}, not ${RUNNING} (running)`;
  const raft = /^kafka_server_raft_metrics_current_state\{[^}]*state="([^"]+)"/m.exec(metrics)?.[1];
  const wanted = controller ? ["leader", "follower"] : ["observer"];
  return wanted.includes(raft ?? "")
    ? undefined
    : `has raft state ${raft ?? "unknown"}, not ${wanted.join(" or ")}`;
}

/** How many replicas a broker has, as leader or follower; undefined when it does not say. */
export const replicasHeld = (metrics: string | undefined): number | undefined =>
  metrics === undefined ? undefined : gauge(metrics, "kafka_server_replicamanager_partitioncount");

function gauge(metrics: string, name: string): number | undefined {
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.eE+-]+)$`, "m").exec(metrics)?.[1];
  return value === undefined ? undefined : Number(value);
}
