import { type AlertKind, severalBrokers } from "../alert-kind.ts";
import { LIMITS } from "../thresholds.ts";

/**
 * Partitions and their copies. Each controller has a copy of what it knows of the cluster, so that is the `max` of
 * all; what brokers say of the partitions that they lead is added up.
 */
export const PARTITION_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaOfflinePartitions",
    summary: "Partitions have no leader",
    impact: "Nobody can write or read them.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: "max by (cluster) (kafka_controller_kafkacontroller_offlinepartitionscount) > 0",
        for: "1m",
        description: "{{ $value }} partitions of {{ $labels.cluster }} are offline.",
      },
    ],
  },
  {
    name: "KafkaUnderMinIsr",
    summary: "Partitions refuse writes",
    impact:
      "Producers with acks=all get errors: fewer copies are in sync than min.insync.replicas.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr: "sum by (cluster) (kafka_server_replicamanager_underminisrpartitioncount) > 0",
        for: "2m",
        description:
          "{{ $value }} partitions of {{ $labels.cluster }} have fewer copies in sync than they need for a write.",
        where: severalBrokers,
      },
    ],
  },
  {
    name: "KafkaUncleanElection",
    summary: "A leader was elected that had not all records",
    impact: "Records that were acknowledged are gone.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        // One election is enough: no rate, and nothing to wait for.
        expr: "sum by (cluster) (increase(kafka_controller_controllerstats_uncleanleaderelections_total[10m])) > 0",
        description:
          "About {{ $value | humanize }} partitions of {{ $labels.cluster }} got a leader that was not in sync.",
        where: severalBrokers,
      },
    ],
  },
  {
    name: "KafkaUnderReplicated",
    summary: "Partitions lack copies",
    impact: "Another failure may stop writes or lose records.",
    command: ({ brokers }) => brokers,
    conditions: [
      {
        severity: "critical",
        expr:
          "sum by (cluster) (kafka_server_replicamanager_underreplicatedpartitions)" +
          ` / max by (cluster) (kafka_controller_kafkacontroller_globalpartitioncount) > ${LIMITS.underReplicated}`,
        for: "5m",
        description:
          "{{ $value | humanizePercentage }} of the partitions of {{ $labels.cluster }} lack a copy in sync.",
        where: severalBrokers,
      },
      {
        severity: "warning",
        // Copies on their way to another broker lack it on purpose.
        expr:
          "sum by (cluster) (kafka_server_replicamanager_underreplicatedpartitions) > 0" +
          " unless on (cluster) sum by (cluster) (kafka_server_replicamanager_reassigningpartitions) > 0",
        for: "10m",
        description: "{{ $value }} partitions of {{ $labels.cluster }} lack a copy in sync.",
        where: severalBrokers,
      },
    ],
  },
  {
    name: "KafkaReplicaFetcherFailed",
    summary: "Broker {{ $labels.broker }} has given up copying partitions",
    impact: "These copies fall behind until the broker restarts.",
    command: ({ logs }) => logs("{{ $labels.broker }}"),
    conditions: [
      {
        severity: "critical",
        expr:
          "max by (cluster, broker) (kafka_server_replicafetchermanager_failedpartitionscount)" +
          " + max by (cluster, broker) (kafka_server_replicafetchermanager_deadthreadcount) > 0",
        for: "2m",
        description:
          "{{ $value }} partitions or threads of the replication of broker {{ $labels.broker }} have failed.",
        where: severalBrokers,
      },
    ],
  },
];
