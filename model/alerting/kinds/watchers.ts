import { type AlertKind, orZero } from "../alert-kind.ts";

/** Who watches the watchers: what no longer sees, judges or tells. */
export const WATCHER_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaExporterDown",
    summary: "The exporter does not answer",
    impact: "Nobody sees lag, disks and the canary; alerts on them are silent.",
    command: ({ beside }) => beside("exporter"),
    conditions: [
      {
        severity: "warning",
        expr: (stack) => `${orZero('max by (cluster) (up{job="kafka-exporter"})', stack)} == 0`,
        for: "5m",
        description: "The exporter of {{ $labels.cluster }} has not answered for 5 minutes.",
        where: ({ exporter }) => exporter,
      },
    ],
  },
  {
    name: "KafkaExporterBlind",
    summary: "The exporter cannot see: {{ $labels.part }}",
    impact: "Its figures are the last ones known; alerts on them are not to be relied on.",
    command: ({ beside }) => beside("exporter"),
    conditions: [
      {
        severity: "warning",
        labels: { reason: "denied" },
        expr: "max by (cluster, part) (kafka_collect_denied) == 1",
        for: "5m",
        description: "Its account may not see {{ $labels.part }} of {{ $labels.cluster }}.",
      },
      {
        severity: "warning",
        labels: { reason: "stale" },
        expr: "time() - max by (cluster, part) (kafka_collect_last_success_timestamp_seconds) > 300",
        for: "5m",
        description:
          "{{ $labels.part }} of {{ $labels.cluster }} was last collected {{ $value | humanizeDuration }} ago.",
      },
    ],
  },
  {
    name: "PrometheusUnwell",
    summary: "Prometheus does not work as it should: {{ $labels.part }}",
    impact: "Alerts may not be raised.",
    command: ({ beside }) => beside("prometheus"),
    conditions: [
      {
        severity: "warning",
        labels: { part: "configuration" },
        expr: "max by (cluster) (prometheus_config_last_reload_successful) == 0",
        for: "5m",
        description:
          "Prometheus has refused its configuration or rules, and goes on with those of before.",
      },
      {
        severity: "warning",
        labels: { part: "rules" },
        expr: "sum by (cluster) (increase(prometheus_rule_evaluation_failures_total[10m])) > 0",
        for: "5m",
        description:
          "About {{ $value | humanize }} evaluations of rules have failed within 10 minutes.",
      },
      {
        severity: "warning",
        labels: { part: "storage" },
        expr:
          "sum by (cluster) (increase(prometheus_tsdb_wal_writes_failed_total[10m]))" +
          " + sum by (cluster) (increase(prometheus_tsdb_compactions_failed_total[10m])) > 0",
        for: "1m",
        description:
          "About {{ $value | humanize }} writes to Prometheus' disk have failed within 10 minutes.",
      },
    ],
  },
  {
    name: "AlertsNotDelivered",
    summary: "Alerts do not reach {{ $labels.to }}",
    impact: "Nobody is called by this way.",
    command: ({ beside }) => beside("alertmanager"),
    conditions: [
      {
        severity: "critical",
        labels: { to: "Alertmanager" },
        // They are sent again each minute. Once is no fault: a Prometheus that starts drops what it has before it knows
        // where to send it.
        expr:
          "sum by (cluster) (increase(prometheus_notifications_dropped_total[90s]))" +
          " + sum by (cluster) (increase(prometheus_notifications_errors_total[90s])) > 0",
        for: "2m",
        description:
          "Prometheus could not hand over about {{ $value | humanize }} alerts within 90 seconds.",
      },
      {
        severity: "critical",
        labels: { to: "a receiver" },
        // It counts what Alertmanager has given up after tries of a minute and more: nothing to wait for.
        expr: "sum by (cluster, integration) (increase(alertmanager_notifications_failed_total[10m])) > 0",
        description:
          "Alertmanager failed to send about {{ $value | humanize }} messages by {{ $labels.integration }} within 10 minutes.",
      },
    ],
  },
  {
    name: "Watchdog",
    summary: "Alerting works",
    impact: "None: it fires always. Whoever gets it no more has to look here.",
    command: ({ beside }) => beside("alertmanager"),
    conditions: [
      {
        severity: "info",
        expr: ({ cluster }) => `label_replace(vector(1), "cluster", "${cluster}", "", "")`,
        description: "This alert fires as long as Prometheus and Alertmanager work.",
      },
    ],
  },
];
