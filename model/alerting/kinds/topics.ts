import type { AlertKind } from "../alert-kind.ts";
import { LIMITS } from "../thresholds.ts";

const OF_TOPIC = "on (cluster, topic) group_left (owner)";
const perTopic = (expr: string): string => `max by (cluster, topic) (${expr})`;
const ofPartition = (metric: string): string => `max by (cluster, topic, partition) (${metric})`;
const rights = ({ stack }: { readonly stack: string }): string =>
  `npx kafka-platform access --topic {{ $labels.topic }} --stack ${stack}`;

/** Topics, judged by what is declared of them; and the credentials of those who use them. */
export const TOPIC_ALERTS: readonly AlertKind[] = [
  {
    name: "KafkaErrorRate",
    summary: "Records of {{ $labels.topic }} cannot be processed",
    impact: "They are put away as dead letters, and what they say does not take effect.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "critical",
        expr: `${perTopic("kafka_topic_error_ratio")} > ${OF_TOPIC} declared:error_rate_limit`,
        for: "2m",
        description:
          "{{ $value | humanizePercentage }} of what is consumed of {{ $labels.topic }} ends in its dead letters.",
      },
    ],
  },
  {
    name: "KafkaDeadLetters",
    summary: "There are dead letters in {{ $labels.topic }}",
    impact: "Somebody has to look at them: fix what failed and send them again, or drop them.",
    command: rights,
    owner: "named by the expression",
    conditions: [
      {
        severity: "warning",
        expr: `(${perTopic("increase(kafka_topic_messages_total[1h])")} > 0) * ${OF_TOPIC} declared:dead_letters`,
        description:
          "About {{ $value | humanize }} records came to {{ $labels.topic }} within an hour.",
      },
      {
        severity: "info",
        expr:
          `(sum by (cluster, topic) (${ofPartition("kafka_topic_partition_current_offset")}` +
          ` - ${ofPartition("kafka_topic_partition_oldest_offset")}) > 0) * ${OF_TOPIC} declared:dead_letters`,
        for: "1m",
        description: "{{ $labels.topic }} holds {{ $value | humanize }} records.",
      },
    ],
  },
  {
    name: "KafkaTopicQuiet",
    summary: "Nothing is written to {{ $labels.topic }}",
    impact: "A producer has stopped, or cannot reach Kafka.",
    command: rights,
    owner: "named by the expression",
    conditions: ({ quietAfter }) =>
      quietAfter.map((seconds) => ({
        severity: "warning",
        labels: { after: `${seconds}s` },
        // Only where the whole time was watched.
        expr:
          `(${perTopic(`increase(kafka_topic_messages_total[${seconds}s])`)} == 0` +
          ` and on (cluster, topic) kafka_topic_messages_total offset ${seconds}s)` +
          ` * ${OF_TOPIC} (declared:quiet_after_seconds == ${seconds})`,
        for: "1m",
        description: `Nothing was written to {{ $labels.topic }} for ${seconds} s, its quietAfter.`,
      })),
  },
  {
    name: "KafkaTopicLoud",
    summary: "{{ $labels.topic }} gets more than it declares",
    impact: "Disks, networks and partitions were planned for less.",
    command: ({ stack }) =>
      `npx kafka-platform capacity --topic {{ $labels.topic }} --stack ${stack}`,
    owner: "named by the expression",
    conditions: [
      {
        severity: "warning",
        expr: `${perTopic("increase(kafka_topic_messages_total[1h])")} > ${OF_TOPIC} (declared:records_per_hour * ${LIMITS.loud})`,
        for: "10m",
        description: `{{ $value | humanize }} records an hour come to {{ $labels.topic }}: more than ${LIMITS.loud} times its eventsPerHour.`,
      },
    ],
  },
  {
    name: "KafkaCredentialOverdue",
    summary: "The password of {{ $labels.account }} is overdue",
    impact: "It is older than its rotateAfter allows.",
    command: ({ stack }) => `npx kafka-platform rotate {{ $labels.account }} --stack ${stack}`,
    owner: "named by the expression",
    conditions: [
      {
        severity: "warning",
        expr: "time() - max by (cluster, account, owner) (kafka_credential_due_timestamp_seconds) > 0",
        for: "10m",
        description:
          "The password of {{ $labels.account }} should have been rotated {{ $value | humanizeDuration }} ago.",
      },
    ],
  },
];
