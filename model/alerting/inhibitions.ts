import { CRITICAL, equals, type Matcher, oneOf } from "./routing.ts";

/** Alerts that say nothing new while another fires, so that one cause is one call. */
interface Inhibition {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  /** Labels in which the two agree. */
  readonly equal: readonly string[];
}

const named = (...names: readonly string[]): Matcher => oneOf("alertname", ...names);

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
    source: [named("KafkaBrokerDown")],
    target: [named("KafkaBrokersMissing", ...FOLLOWS_A_BROKER)],
    equal: ["cluster"],
  },
  {
    source: [named("KafkaBrokersMissing")],
    target: [named(...FOLLOWS_A_BROKER)],
    equal: ["cluster"],
  },
  {
    source: [named("KafkaOfflinePartitions", "KafkaUnderMinIsr")],
    target: [named("KafkaUnderReplicated")],
    equal: ["cluster"],
  },
  {
    source: [named("KafkaLagBudgetExceeded")],
    target: [named("KafkaConsumerLag", "KafkaConsumerStalled")],
    equal: CONSUMPTION,
  },
  {
    source: [named("KafkaExporterDown")],
    target: [named("KafkaExporterBlind")],
    equal: ["cluster"],
  },
  {
    source: [CRITICAL],
    target: [oneOf("severity", "warning", "info")],
    equal: ["alertname", "broker", "directory", ...CONSUMPTION],
  },
  {
    source: [equals("severity", "warning")],
    target: [equals("severity", "info")],
    equal: ["alertname", "broker", "directory", ...CONSUMPTION],
  },
];
