import type { types } from "@pulumi/kubernetes";
import { METRICS_PORT } from "../../../model/broker/listeners.ts";

const PROGRAMS = "/opt/kafka-platform";

/** Recovering the logs of a broker that was killed may take this long. */
export const START_WITHIN_MINUTES = 30;

const STARTUP_PERIOD_SECONDS = 5;
/** Each question reads the metrics of every broker, which costs each of them CPU. */
const READINESS_PERIOD_SECONDS = 10;

/**
 * Three probes that ask three questions. Startup: has the broker recovered its logs and joined? It
 * may take {@link START_WITHIN_MINUTES}. Readiness: is the whole cluster well, as far as this broker
 * can ask, and has it been for a while? It holds back a roll. Liveness: does the process answer at
 * all? A restart mends nothing else, so the state of the cluster is no part of it.
 *
 * @param minReadySeconds how long the cluster has to be well, at least, before a broker counts as
 *   ready; up to two periods of the probe are added. The StatefulSet's own field of that name does not hold back a roll where
 *   pods are started in parallel (Kubernetes issue 119234).
 */
export const brokerProbes = (minReadySeconds: number) =>
  ({
    startupProbe: {
      exec: { command: [`${PROGRAMS}/startup.sh`] },
      periodSeconds: STARTUP_PERIOD_SECONDS,
      timeoutSeconds: 5,
      failureThreshold: (START_WITHIN_MINUTES * 60) / STARTUP_PERIOD_SECONDS,
    },
    readinessProbe: {
      exec: { command: [`${PROGRAMS}/readiness.sh`] },
      periodSeconds: READINESS_PERIOD_SECONDS,
      timeoutSeconds: 10,
      failureThreshold: 2,
      successThreshold: wellInARow(minReadySeconds),
    },
    livenessProbe: {
      httpGet: { path: "/-/healthy", port: METRICS_PORT },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
  }) satisfies Partial<types.input.core.v1.Container>;

/** Answers that take so long. The first comes with the start, the second at any time of the period after it. */
function wellInARow(seconds: number): number {
  return seconds === 0 ? 1 : 2 + Math.ceil(seconds / READINESS_PERIOD_SECONDS);
}
