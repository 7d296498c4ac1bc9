import { METRICS_PORT } from "../../settings/listeners.ts";

const PROGRAMS = "/opt/kafka-platform";

/** Recovering the logs of a broker that was killed may take this long. */
export const START_WITHIN_MINUTES = 30;

const STARTUP_PERIOD_SECONDS = 5;

/**
 * Three probes that ask three questions. Startup: has the broker recovered its logs and joined? It
 * may take {@link START_WITHIN_MINUTES}. Readiness: is the whole cluster well, as far as this broker
 * can ask? It holds back a roll. Liveness: does the process answer at all? A restart mends nothing
 * else, so the state of the cluster is no part of it.
 */
export const brokerProbes = {
  startupProbe: {
    exec: { command: [`${PROGRAMS}/startup.sh`] },
    periodSeconds: STARTUP_PERIOD_SECONDS,
    timeoutSeconds: 5,
    failureThreshold: (START_WITHIN_MINUTES * 60) / STARTUP_PERIOD_SECONDS,
  },
  readinessProbe: {
    exec: { command: [`${PROGRAMS}/readiness.sh`] },
    // Each question reads the metrics of every broker, which costs each of them CPU.
    periodSeconds: 10,
    timeoutSeconds: 10,
    failureThreshold: 2,
  },
  livenessProbe: {
    httpGet: { path: "/-/healthy", port: METRICS_PORT },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 6,
  },
};
