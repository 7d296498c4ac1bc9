import { type AlertCases, held, HOUR, inTurn, MINUTE, rising } from "../alert-case.ts";

const always = (value: number) => held(value, HOUR);
const comes = (before: number, after: number) =>
  inTurn(held(before, 2 * MINUTE), held(after, HOUR));
/** It is counted again and again from two minutes on. */
const goesOn = inTurn(held(0, 2 * MINUTE), rising(1, 1, HOUR));
const exporter = (instance: string) => `up{job="kafka-exporter",instance="${instance}"}`;
const collect = (what: string, part: string, instance = "e") =>
  `kafka_collect_${what}{job="kafka-exporter",instance="${instance}",part="${part}"}`;
const seen = "last_success_timestamp_seconds";
const prometheus = (metric: string, labels = "") =>
  `prometheus_${metric}{job="prometheus",instance="p"${labels}}`;
const second = (metric: string) => `prometheus_${metric}{job="prometheus",instance="q"}`;
const sending = (integration: string, instance = "a") =>
  `alertmanager_notifications_failed_total{job="alertmanager",instance="${instance}",integration="${integration}"}`;

export const WATCHER_CASES: AlertCases = {
  "KafkaExporterDown warning": [
    {
      title: "it does not answer",
      series: { [exporter("a")]: comes(1, 0), 'up{job="kafka",broker="0"}': always(1) },
      since: 2 * MINUTE,
      fires: [{}],
      says: "The exporter of c has not answered for 5 minutes.",
    },
    {
      title: "nobody looks for it",
      series: { 'up{job="kafka",broker="0"}': always(1) },
      since: 0,
      fires: [{}],
    },
    {
      title: "one of two answers, and a restart is over in time",
      series: {
        [exporter("a")]: always(0),
        [exporter("b")]: inTurn(held(1, 60), held(0, 270), always(1)),
      },
      silent: [5 * MINUTE, 6 * MINUTE, 20 * MINUTE],
    },
  ],
  "KafkaExporterBlind warning denied": [
    {
      title: "it may not see groups",
      series: {
        [collect("denied", "groups")]: comes(0, 1),
        [collect("denied", "groups", "b")]: comes(0, 1),
        [collect("denied", "groups", "old")]: always(0),
        [collect("denied", "topics")]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{ part: "groups" }],
      says: "Its account may not see groups of c.",
    },
    {
      title: "it may see everything",
      series: { [collect("denied", "groups")]: always(0) },
      silent: [HOUR],
    },
  ],
  "KafkaExporterBlind warning stale": [
    {
      title: "what it shows was last collected more than five minutes ago",
      series: {
        [collect(seen, "groups")]: always(285),
        [collect(seen, "groups", "old")]: always(100),
        [collect(seen, "topics")]: "0+15x240",
      },
      since: 10 * MINUTE,
      fires: [{ part: "groups" }],
      says: "groups of c was last collected 10m 15s ago.",
    },
    {
      title: "four minutes are not too long",
      series: { [collect(seen, "topics")]: inTurn("0+0x15", "0+15x240") },
      silent: [15 * MINUTE],
    },
  ],
  "PrometheusUnwell warning configuration": [
    {
      title: "its configuration is refused",
      series: { [prometheus("config_last_reload_successful")]: comes(1, 0) },
      since: 2 * MINUTE,
      fires: [{}],
      says: "Prometheus has refused its configuration or rules, and goes on with those of before.",
    },
    {
      title: "it is taken, by one of two at least",
      series: {
        [prometheus("config_last_reload_successful")]: always(1),
        [second("config_last_reload_successful")]: always(0),
      },
      silent: [HOUR],
    },
  ],
  "PrometheusUnwell warning rules": [
    {
      title: "rules fail",
      series: {
        [prometheus("rule_evaluation_failures_total")]: comes(0, 1),
        [second("rule_evaluation_failures_total")]: comes(0, 1),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "About 2 evaluations of rules have failed within 10 minutes.",
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "those of long ago, and a restart, are none",
      series: {
        [prometheus("rule_evaluation_failures_total")]: inTurn(held(9, 10 * MINUTE), always(0)),
      },
      silent: [9 * MINUTE, 16 * MINUTE],
    },
  ],
  "PrometheusUnwell warning storage": [
    {
      title: "it cannot write what it scrapes",
      series: {
        [prometheus("tsdb_wal_writes_failed_total")]: comes(0, 2),
        [prometheus("tsdb_compactions_failed_total")]: always(0),
        [second("tsdb_wal_writes_failed_total")]: comes(0, 1),
        [second("tsdb_compactions_failed_total")]: always(0),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "About 3 writes to Prometheus' disk have failed within 10 minutes.",
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "it cannot compact what it holds",
      series: {
        [prometheus("tsdb_wal_writes_failed_total")]: always(0),
        [prometheus("tsdb_compactions_failed_total")]: comes(0, 2),
        [second("tsdb_wal_writes_failed_total")]: always(0),
        [second("tsdb_compactions_failed_total")]: comes(0, 1),
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "About 3 writes to Prometheus' disk have failed within 10 minutes.",
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "it can do both",
      series: {
        [prometheus("tsdb_wal_writes_failed_total")]: always(3),
        [prometheus("tsdb_compactions_failed_total")]: always(3),
      },
      silent: [HOUR],
    },
  ],
  "AlertsNotDelivered critical Alertmanager": [
    {
      title: "Prometheus drops alerts",
      series: {
        [prometheus("notifications_dropped_total")]: goesOn,
        [prometheus("notifications_errors_total", ',alertmanager="x"')]: always(0),
        [second("notifications_dropped_total")]: goesOn,
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "Prometheus could not hand over about 12 alerts within 90 seconds.",
    },
    {
      title: "two Alertmanagers answer with errors",
      series: {
        [prometheus("notifications_dropped_total")]: always(0),
        [prometheus("notifications_errors_total", ',alertmanager="x"')]: goesOn,
        [prometheus("notifications_errors_total", ',alertmanager="y"')]: goesOn,
      },
      since: 2 * MINUTE,
      fires: [{}],
      says: "Prometheus could not hand over about 12 alerts within 90 seconds.",
    },
    {
      title: "one that starts drops what it has before it knows Alertmanager",
      series: {
        [prometheus("notifications_dropped_total")]: comes(0, 2),
        [prometheus("notifications_errors_total", ',alertmanager="x"')]: always(0),
      },
      silent: [4 * MINUTE, 5 * MINUTE, 10 * MINUTE],
    },
    {
      title: "all arrive",
      series: {
        [prometheus("notifications_dropped_total")]: always(4),
        [prometheus("notifications_errors_total", ',alertmanager="x"')]: always(4),
      },
      silent: [HOUR],
    },
  ],
  "AlertsNotDelivered critical a receiver": [
    {
      title: "messages by one way fail",
      series: {
        [sending("email")]: comes(0, 1),
        [sending("email", "b")]: comes(0, 2),
        [sending("slack")]: always(3),
      },
      since: 2 * MINUTE,
      fires: [{ integration: "email" }],
      says: "Alertmanager failed to send about 3 messages by email within 10 minutes.",
      still: 11.5 * MINUTE,
      silent: [13 * MINUTE],
    },
    {
      title: "one message is enough",
      series: { [sending("email")]: comes(0, 1) },
      since: 2 * MINUTE,
      fires: [{ integration: "email" }],
    },
    { title: "none fails", series: { [sending("email")]: always(3) }, silent: [HOUR] },
  ],
  "Watchdog info": [
    {
      title: "it fires whatever is there or not",
      series: { up: always(0) },
      since: 0,
      fires: [{}],
      says: "This alert fires as long as Prometheus and Alertmanager work.",
    },
  ],
};
