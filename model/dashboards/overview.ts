import { BROKERS_ROW } from "./brokers-row.ts";
import type { Dashboard } from "./dashboard.ts";

/** What one looks at first: is it up, what flows, who lags, what fires. */
export const OVERVIEW: Dashboard = {
  uid: "kafka-overview",
  title: "Kafka Overview",
  description: "The cluster, its topics, brokers and consumers at a glance, and what fires.",
  rows: [
    {
      title: "Cluster",
      panels: [
        {
          title: "Brokers up",
          description:
            "Brokers whose metrics answer. Fewer than the stack declares: look at their pods.",
          shape: "number",
          unit: "none",
          queries: [{ expr: 'sum(up{job="kafka",cluster="$cluster"})', legend: "brokers" }],
        },
        {
          title: "Active controllers",
          description: "Exactly one, always. Another number: the quorum has no leader, or two.",
          shape: "number",
          unit: "none",
          queries: [
            {
              expr: 'sum(kafka_controller_kafkacontroller_activecontrollercount{cluster="$cluster"})',
              legend: "controllers",
            },
          ],
          limits: { warning: 2, critical: 2 },
        },
        {
          title: "Topics",
          description: "Topics of the cluster, Kafka's own included.",
          shape: "number",
          unit: "none",
          queries: [
            {
              expr: 'max(kafka_controller_kafkacontroller_globaltopiccount{cluster="$cluster"})',
              legend: "topics",
            },
          ],
        },
        {
          title: "Partitions",
          description: "Partitions of all topics, each counted once.",
          shape: "number",
          unit: "none",
          queries: [
            {
              expr: 'max(kafka_controller_kafkacontroller_globalpartitioncount{cluster="$cluster"})',
              legend: "partitions",
            },
          ],
        },
        {
          title: "Offline partitions",
          description: "Partitions without a leader: nobody can read or write them. Always 0.",
          shape: "number",
          unit: "none",
          queries: [
            {
              expr: 'max(kafka_controller_kafkacontroller_offlinepartitionscount{cluster="$cluster"})',
              legend: "offline",
            },
          ],
          limits: { warning: 1, critical: 1 },
        },
        {
          title: "Under-replicated partitions",
          description:
            "Partitions that miss a copy. Above 0 for long: a broker is away or too slow.",
          shape: "number",
          unit: "none",
          queries: [
            {
              expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions{cluster="$cluster"})',
              legend: "under-replicated",
            },
          ],
          limits: { warning: 1, critical: 10 },
        },
      ],
    },
    {
      title: "Alerts",
      panels: [
        {
          title: "Alert stream",
          description:
            "What fires now. Watchdog always does: it proves that alerts are judged and sent.",
          shape: "table",
          unit: "none",
          span: 24,
          queries: [
            { expr: 'ALERTS{alertstate="firing",cluster=~"$cluster|"}', legend: "{{alertname}}" },
          ],
          columns: {
            alertname: "Alert",
            severity: "Severity",
            owner: "Owner",
            topic: "Topic",
            consumergroup: "Consumer group",
            broker: "Broker",
          },
        },
      ],
    },
    {
      title: "Topics",
      panels: [
        {
          title: "Messages in, by topic",
          description: "Records that were appended, the ten busiest topics.",
          shape: "lines",
          unit: "cps",
          queries: [
            {
              expr: 'topk(10, sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesin_total{cluster="$cluster",topic!=""}[$__rate_interval])))',
              legend: "{{topic}}",
            },
          ],
        },
        {
          title: "Bytes in, by topic",
          description:
            "Bytes that producers sent, compressed as they came, the ten busiest topics.",
          shape: "lines",
          unit: "Bps",
          queries: [
            {
              expr: 'topk(10, sum by (topic) (rate(kafka_server_brokertopicmetrics_bytesin_total{cluster="$cluster",topic!=""}[$__rate_interval])))',
              legend: "{{topic}}",
            },
          ],
        },
        {
          title: "Health by topic",
          description:
            "0 to 100 from partitions, replication, lag and errors, the worst first. Below 70 somebody should look.",
          shape: "table",
          unit: "none",
          queries: [
            {
              expr: 'bottomk(20, kafka_topic_health_score{cluster="$cluster"})',
              legend: "{{topic}}",
            },
          ],
          limits: { warning: 90, critical: 70, lowIsBad: true },
          columns: { topic: "Topic" },
        },
        {
          title: "Partitions, by topic",
          description: "How many partitions each topic has, the largest first.",
          shape: "table",
          unit: "none",
          queries: [
            {
              expr: 'topk(20, kafka_topic_partitions{cluster="$cluster"})',
              legend: "{{topic}}",
            },
          ],
          columns: { topic: "Topic" },
        },
      ],
    },
    BROKERS_ROW,
    {
      title: "Consumers",
      panels: [
        {
          title: "Lag, by consumer group",
          description: "Records that a group has not committed yet, the ten furthest behind.",
          shape: "lines",
          unit: "short",
          queries: [
            {
              expr: 'topk(10, sum by (consumergroup) (kafka_consumergroup_lag_sum{cluster="$cluster"}))',
              legend: "{{consumergroup}}",
            },
          ],
        },
        {
          title: "Rebalances, by consumer group",
          description: "How often members were given other partitions. Often: members come and go.",
          shape: "lines",
          unit: "short",
          queries: [
            {
              expr: 'topk(10, sum by (consumergroup) (increase(kafka_consumergroup_rebalances_total{cluster="$cluster"}[10m])))',
              legend: "{{consumergroup}}",
            },
          ],
        },
      ],
    },
  ],
};
