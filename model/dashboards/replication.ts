import type { Dashboard } from "./dashboard.ts";

/** Copies of records, and the quorum that keeps the metadata. */
export const REPLICATION: Dashboard = {
  uid: "kafka-replication",
  title: "Kafka Replication and KRaft",
  description: "Whether every record has its copies, and whether the quorum works.",
  rows: [
    {
      title: "Replication",
      panels: [
        {
          title: "Partitions that miss copies",
          description:
            "Under-replicated: a copy is missing. At its minimum: one more and writes are refused. Below it: writes are refused.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions{cluster="$cluster"})',
              legend: "under-replicated",
            },
            {
              expr: 'sum(kafka_server_replicamanager_atminisrpartitioncount{cluster="$cluster"})',
              legend: "at minimum in-sync replicas",
            },
            {
              expr: 'sum(kafka_server_replicamanager_underminisrpartitioncount{cluster="$cluster"})',
              legend: "below minimum in-sync replicas",
            },
          ],
        },
        {
          title: "Replicas that leave and join",
          description:
            "In-sync replicas that fell behind, or caught up. Both often: a broker is too slow.",
          shape: "lines",
          unit: "cps",
          queries: [
            {
              expr: 'sum by (broker) (rate(kafka_server_replicamanager_isrshrinks_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "broker {{broker}} leaves",
            },
            {
              expr: 'sum by (broker) (rate(kafka_server_replicamanager_isrexpands_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "broker {{broker}} joins",
            },
          ],
        },
        {
          title: "Replication traffic",
          description: "Bytes that followers fetch from leaders, by the broker that receives them.",
          shape: "lines",
          unit: "Bps",
          queries: [
            {
              expr: 'sum by (broker) (rate(kafka_server_brokertopicmetrics_replicationbytesin_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Leaders, by broker",
          description:
            "Partitions that a broker leads. Uneven for long: elect the preferred leaders.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'kafka_server_replicamanager_leadercount{cluster="$cluster"}',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Slowest follower",
          description: "Records by which the slowest copy of a broker is behind its leader.",
          shape: "lines",
          unit: "short",
          queries: [
            {
              expr: 'max by (broker) (kafka_server_replicafetchermanager_maxlag{cluster="$cluster"})',
              legend: "broker {{broker}}",
            },
          ],
        },
        {
          title: "Partitions on the move",
          description: "Partitions that are being reassigned to other brokers.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'sum(kafka_server_replicamanager_reassigningpartitions{cluster="$cluster"})',
              legend: "reassigning",
            },
          ],
        },
      ],
    },
    {
      title: "KRaft",
      panels: [
        {
          title: "State of each voter",
          description:
            "One leader, the others follow. Candidate or unattached for long: no majority.",
          shape: "table",
          unit: "none",
          queries: [
            {
              expr: 'kafka_server_raft_metrics_current_state{cluster="$cluster"} == 1',
              legend: "{{broker}} {{state}}",
            },
          ],
          columns: { broker: "Broker", state: "State" },
        },
        {
          title: "Elections",
          description: "Epochs of the quorum that began. Often: voters do not reach each other.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'max(kafka_server_raft_metrics_current_epoch{cluster="$cluster"})',
              legend: "epoch",
            },
          ],
        },
        {
          title: "Time to commit metadata",
          description: "Average over the last half minute, as the leader of the quorum sees it.",
          shape: "lines",
          unit: "ms",
          queries: [
            {
              expr: 'max(kafka_server_raft_metrics_commit_latency_avg{cluster="$cluster"})',
              legend: "average",
            },
          ],
        },
        {
          title: "Age of the metadata, by broker",
          description: "How old the newest metadata is that a broker has applied.",
          shape: "lines",
          unit: "ms",
          queries: [
            {
              expr: 'kafka_server_broker_metadata_metrics_last_applied_record_lag_ms{cluster="$cluster"}',
              legend: "broker {{broker}}",
            },
          ],
        },
      ],
    },
  ],
};
