/** Alerts that say nothing new while another fires, so that one cause is one call. */
interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels in which the two agree. */
  readonly equal: readonly string[];
}

const named = (...names: readonly string[]): string => `alertname=~"${names.join("|")}"`;

const CRITICAL = 'severity="critical"';
const CONSUMPTION = ["cluster", "consumergroup", "topic"];

/** What one broker that is away brings with it. */
const FOLLOWS_A_BROKER = [
  "KafkaBrokerFenced",
  "KafkaCanaryDown",
  "KafkaControllerChurn",
  "KafkaExporterBlind",
  "KafkaQuorumAtRisk",
  "KafkaUnderReplicated",
];

export const INHIBITIONS: readonly Inhibition[] = [
  {
    source_matchers: ['alertname="KafkaBrokerDown"'],
    target_matchers: [named("KafkaBrokersMissing", ...FOLLOWS_A_BROKER)],
    equal: ["cluster"],
  },
  {
    source_matchers: ['alertname="KafkaBrokersMissing"'],
    target_matchers: [named(...FOLLOWS_A_BROKER)],
    equal: ["cluster"],
  },
  {
    source_matchers: [named("KafkaOfflinePartitions", "KafkaUnderMinIsr")],
    target_matchers: ['alertname="KafkaUnderReplicated"'],
    equal: ["cluster"],
  },
  {
    source_matchers: ['alertname="KafkaLagBudgetExceeded"'],
    target_matchers: [named("KafkaConsumerLag", "KafkaConsumerStalled")],
    equal: CONSUMPTION,
  },
  {
    source_matchers: ['alertname="KafkaExporterDown"'],
    target_matchers: ['alertname="KafkaExporterBlind"'],
    equal: ["cluster"],
  },
  {
    source_matchers: [CRITICAL],
    target_matchers: ['severity=~"warning|info"'],
    equal: ["alertname", "broker", "directory", ...CONSUMPTION],
  },
  {
    source_matchers: ['severity="warning"'],
    target_matchers: ['severity="info"'],
    equal: ["alertname", "broker", "directory", ...CONSUMPTION],
  },
];
