import type { Dashboard } from "./dashboard.ts";

/** How far consumers are behind, in records and in time, and what comes of it. */
export const CONSUMERS: Dashboard = {
  uid: "kafka-consumers",
  title: "Kafka Consumers",
  description: "Lag in records and seconds, when it will be gone, and when records will be lost.",
  rows: [
    {
      title: "Lag",
      panels: [
        {
          title: "Lag in seconds",
          description:
            "Age of the oldest record that a group has not committed, its worst partition. Compare it with the group's lag budget.",
          shape: "lines",
          unit: "s",
          queries: [
            {
              expr: 'topk(10, kafka_consumergroup_lag_seconds{cluster="$cluster"})',
              legend: "{{consumergroup}} · {{topic}}",
            },
          ],
        },
        {
          title: "Lag in records",
          description: "Records that are not committed yet, over all partitions of a topic.",
          shape: "lines",
          unit: "short",
          queries: [
            {
              expr: 'topk(10, kafka_consumergroup_lag_sum{cluster="$cluster"})',
              legend: "{{consumergroup}} · {{topic}}",
            },
          ],
        },
        {
          title: "Time until a group has caught up",
          description:
            "At the rates of the last minutes. No end in sight: the group is slower than its producers.",
          shape: "table",
          unit: "s",
          queries: [
            {
              expr: 'topk(20, kafka_consumergroup_time_to_zero_seconds{cluster="$cluster"})',
              legend: "{{consumergroup}}",
            },
          ],
          columns: { consumergroup: "Consumer group", topic: "Topic" },
        },
        {
          title: "Time until records are lost",
          description:
            "When retention overtakes a group's position at the rates of the last minutes, the nearest first.",
          shape: "table",
          unit: "s",
          queries: [
            {
              expr: 'bottomk(20, kafka_consumergroup_seconds_to_data_loss{cluster="$cluster"})',
              legend: "{{consumergroup}}",
            },
          ],
          columns: { consumergroup: "Consumer group", topic: "Topic" },
        },
      ],
    },
    {
      title: "Work",
      panels: [
        {
          title: "Records committed",
          description: "How fast positions move on. 0 with lag: the group stands still.",
          shape: "lines",
          unit: "cps",
          queries: [
            {
              expr: 'topk(10, sum by (consumergroup) (rate(kafka_consumergroup_current_offset_sum{cluster="$cluster"}[$__rate_interval])))',
              legend: "{{consumergroup}}",
            },
          ],
        },
        {
          title: "Members",
          description: "Consumers in each group. 0: nobody reads, and lag grows.",
          shape: "lines",
          unit: "none",
          queries: [
            {
              expr: 'topk(20, kafka_consumergroup_members{cluster="$cluster"})',
              legend: "{{consumergroup}}",
            },
          ],
        },
        {
          title: "Error rate, by topic",
          description:
            "Dead letters for each consumed record. Above 5 %: see what fails in the dead letters.",
          shape: "lines",
          unit: "percentunit",
          queries: [
            {
              expr: 'topk(10, kafka_topic_error_ratio{cluster="$cluster"})',
              legend: "{{topic}}",
            },
          ],
        },
        {
          title: "State of groups",
          description: "Type and state of each group, as its coordinator says.",
          shape: "table",
          unit: "none",
          queries: [
            {
              expr: 'kafka_consumergroup_state{cluster="$cluster"} == 1',
              legend: "{{consumergroup}}",
            },
          ],
          columns: { consumergroup: "Consumer group", type: "Type", state: "State" },
        },
      ],
    },
  ],
};
