/** What Prometheus scrapes, and whom it tells. */
export interface PrometheusConfigArgs {
  /** Name of the Kafka cluster: the label `cluster` of every series and every alert. */
  readonly cluster: string;
  /** Metrics of each broker: its id, and `host:port`. */
  readonly brokers: readonly { readonly id: number; readonly target: string }[];
  /** Of the exporter. @default there is none */
  readonly exporter?: string | undefined;
  /** Of Alertmanager. @default alerts are shown, and sent to nobody */
  readonly alertmanager?: string | undefined;
  /** Files with rules. @default none */
  readonly ruleFiles?: readonly string[] | undefined;
}

/** Names of the jobs: the label `job` that rules and dashboards ask for. */
export const SCRAPE_JOBS = {
  brokers: "kafka",
  exporter: "kafka-exporter",
  prometheus: "prometheus",
  alertmanager: "alertmanager",
} as const;

export const PROMETHEUS_PORT = 9090;
export const ALERTMANAGER_PORT = 9093;

export const SCRAPE_INTERVAL = "15s";
/** A broker has about 550 series and none of them for each partition: more is a rule gone wrong. */
export const BROKER_SAMPLES = 2_000;

/**
 * Prometheus' configuration file (written as JSON, which is YAML too). Every target carries the name of the
 * cluster, not only what leaves Prometheus: its own rules group by it.
 */
export function renderPrometheusConfig(args: PrometheusConfigArgs): string {
  const { cluster, brokers, exporter, alertmanager, ruleFiles = [] } = args;
  const job = (name: string, targets: readonly StaticTarget[], limits: object = {}) => ({
    job_name: name,
    ...limits,
    static_configs: targets.map(({ target, labels }) => ({
      targets: [target],
      labels: { cluster, ...labels },
    })),
  });
  const single = (name: string, target: string | undefined) =>
    target === undefined ? [] : [job(name, [{ target }])];
  const config = {
    global: {
      scrape_interval: SCRAPE_INTERVAL,
      evaluation_interval: SCRAPE_INTERVAL,
      external_labels: { cluster },
    },
    rule_files: ruleFiles,
    ...(alertmanager !== undefined && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    }),
    scrape_configs: [
      job(
        SCRAPE_JOBS.brokers,
        brokers.map(({ id, target }) => ({ target, labels: { broker: String(id) } })),
        { sample_limit: BROKER_SAMPLES },
      ),
      ...single(SCRAPE_JOBS.exporter, exporter),
      ...single(SCRAPE_JOBS.prometheus, `127.0.0.1:${PROMETHEUS_PORT}`),
      ...single(SCRAPE_JOBS.alertmanager, alertmanager),
    ],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

interface StaticTarget {
  readonly target: string;
  readonly labels?: Readonly<Record<string, string>>;
}
