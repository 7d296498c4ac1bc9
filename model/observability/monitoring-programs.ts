import { ALERTMANAGER_PORT, PROMETHEUS_PORT } from "./prometheus-config.ts";

/**
 * How the two programs are started, the same wherever they run and whoever made their image. Only options that
 * Prometheus 2.42 and 3.x, Alertmanager 0.25 and later know alike.
 */

/** Folders and files in their containers. */
export const PROMETHEUS_FILES = {
  config: "/etc/prometheus/prometheus.yml",
  rules: "/etc/prometheus/rules.yml",
  data: "/prometheus",
} as const;

export const ALERTMANAGER_FILES = {
  config: "/etc/alertmanager/alertmanager.yml",
  /** Folder with a file for each secret of a receiver. */
  secrets: "/etc/alertmanager",
  data: "/alertmanager",
} as const;

/** How much Prometheus keeps. */
export interface Kept {
  /** Milliseconds. */
  readonly retention: number;
  /** Bytes of figures at most. @default as many as there are in that time */
  readonly bytes?: number | undefined;
}

/**
 * How long a value is taken for the present one when no other comes. A Prometheus that was restarted does not know that
 * a series has ended, such as that of a broker which left meanwhile, and would judge its last value for five minutes.
 * Not longer than critical alerts on a broker wait, and longer than any interval of scrapes or rules.
 */
const REMEMBERED = "2m";

/** Arguments of Prometheus. */
export const prometheusArguments = ({ retention, bytes }: Kept): string[] => [
  `--config.file=${PROMETHEUS_FILES.config}`,
  `--storage.tsdb.path=${PROMETHEUS_FILES.data}`,
  `--storage.tsdb.retention.time=${String(retention / 1000)}s`,
  ...(bytes === undefined ? [] : [`--storage.tsdb.retention.size=${String(bytes)}B`]),
  `--query.lookback-delta=${REMEMBERED}`,
  `--web.listen-address=0.0.0.0:${String(PROMETHEUS_PORT)}`,
];

/** Arguments of Alertmanager, which has no others of its kind to talk to. */
export const ALERTMANAGER_ARGUMENTS = [
  `--config.file=${ALERTMANAGER_FILES.config}`,
  `--storage.path=${ALERTMANAGER_FILES.data}`,
  `--web.listen-address=0.0.0.0:${String(ALERTMANAGER_PORT)}`,
  "--cluster.listen-address=",
] as const;

/** Where both say that they are well, and that they can do their work. */
export const HEALTH_PATH = { alive: "/-/healthy", ready: "/-/ready" } as const;
