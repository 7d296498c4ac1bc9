import type { AlertKind } from "../alert-kind.ts";
import { LIMITS } from "../thresholds.ts";

const GROUP_TOPIC = "cluster, consumergroup, topic";
/** Takes the owner from what is declared of the group and topic. */
const OF_GROUP = `on (${GROUP_TOPIC}) group_left (owner)`;
const worst = (metric: string): string => `max by (${GROUP_TOPIC}) (${metric})`;
const rights = ({ stack }: { readonly stack: string }): string =>
  `npx kafka-platform access --topic {{ $labels.topic }} --stack ${stack}`;

/** Consumer groups. Whose each is, and how far it may be behind, comes from the declarations. */
export const CONSUMER_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaConsumerLag",
    summary: "{{ $labels.consumergroup }} is behind in {{ $labels.topic }}",
    impact: "Whatever this group makes of the records comes late.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "critical",
        expr: `${worst("kafka_consumergroup_lag_sum")} > ${OF_GROUP} consumption:lag_limit_records`,
        for: "2m",
        description:
          "{{ $labels.consumergroup }} has {{ $value | humanize }} records of {{ $labels.topic }} to read.",
      },
      {
        severity: "warning",
        expr: `${worst("kafka_consumergroup_lag_sum")} > ${OF_GROUP} (consumption:lag_limit_records * ${LIMITS.lagWarning})`,
        for: "5m",
        description:
          "{{ $labels.consumergroup }} has {{ $value | humanize }} records of {{ $labels.topic }} to read.",
      },
    ],
  },
  {
    name: "KafkaLagBudgetExceeded",
    summary:
      "{{ $labels.consumergroup }} is further behind in {{ $labels.topic }} than its lagBudget",
    impact: "What its owner has promised does not hold any more.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "critical",
        labels: { budget: "time" },
        expr: `${worst("kafka_consumergroup_lag_seconds")} > ${OF_GROUP} declared:lag_budget_seconds`,
        for: "2m",
        description:
          "{{ $labels.consumergroup }} is {{ $value | humanizeDuration }} behind in {{ $labels.topic }}, which is more than its lagBudget.",
      },
      {
        severity: "critical",
        labels: { budget: "records" },
        expr: `${worst("kafka_consumergroup_lag_sum")} > ${OF_GROUP} declared:lag_budget_records`,
        for: "2m",
        description:
          "{{ $labels.consumergroup }} is {{ $value | humanize }} records behind in {{ $labels.topic }}, which is more than its lagBudget.",
      },
    ],
  },
  {
    name: "KafkaConsumerStalled",
    summary: "{{ $labels.consumergroup }} does not move in {{ $labels.topic }}",
    impact: "Records wait, and nobody works on them.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "warning",
        // Groups that nobody declares are left behind by tests: they may stand still.
        expr:
          `(${worst("changes(kafka_consumergroup_current_offset_sum[10m])")} == 0` +
          ` and on (${GROUP_TOPIC}) ${worst("kafka_consumergroup_lag_sum")} > 0)` +
          ` * ${OF_GROUP} declared:consumption`,
        for: "4m",
        description:
          "{{ $labels.consumergroup }} has records of {{ $labels.topic }} to read and has committed nothing for 10 minutes.",
      },
    ],
  },
  {
    name: "KafkaConsumerLosesData",
    summary: "{{ $labels.consumergroup }} loses records of {{ $labels.topic }} unread",
    impact: "What retention removes before it is read, this group never gets.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "critical",
        labels: { loss: "ahead" },
        expr: `(min by (${GROUP_TOPIC}) (kafka_consumergroup_seconds_to_data_loss) < ${LIMITS.dataLoss}) * ${OF_GROUP} declared:consumption`,
        for: "2m",
        description:
          "In {{ $value | humanizeDuration }} retention removes records of {{ $labels.topic }} that {{ $labels.consumergroup }} has not read.",
      },
      {
        severity: "critical",
        labels: { loss: "happened" },
        expr: `(${worst("increase(kafka_consumergroup_lost_records_total[10m])")} > 0) * ${OF_GROUP} declared:consumption`,
        description:
          "About {{ $value | humanize }} records of {{ $labels.topic }} were removed before {{ $labels.consumergroup }} had read them.",
      },
    ],
  },
];
