import type { Catalogue, CatalogueTopic } from "../catalogue/catalogue.ts";
import { declaredConsumptions, type DeclaredConsumption } from "../catalogue/consumptions.ts";
import { inEnvironment } from "../topic/topic-spec.ts";
import type { Environment } from "../values/environment.ts";
import { LIMITS } from "./thresholds.ts";

/** A figure that somebody has declared, as a series that alerts are compared with. */
export interface DeclaredSeries {
  readonly record: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What is declared of topics and groups, as series: alerts join them, so that there are few kinds of alerts, and each
 * names its owner. {@link EFFECTIVE_LIMITS} adds what nobody declares.
 */
export function declaredSeries(catalogue: Catalogue, environment: Environment): DeclaredSeries[] {
  const topics = catalogue.topics.map((topic) => inEnvironment(topic, environment));
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const deadLetters = new Set(topics.flatMap(({ deadLetter }) => deadLetter ?? []));
  return [
    ...topics.flatMap((topic) => topicSeries(topic, deadLetters.has(topic.name), environment)),
    ...declaredConsumptions(catalogue).flatMap((one) => groupSeries(one, byName.get(one.topic))),
  ];
}

type TopicValues = Pick<
  CatalogueTopic,
  "alerts" | "deadLetter" | "eventsPerHour" | "name" | "owner" | "quietAfter"
>;

function topicSeries(
  { name, owner, alerts = {}, deadLetter, eventsPerHour, quietAfter }: TopicValues,
  isDeadLetters: boolean,
  environment: Environment,
): DeclaredSeries[] {
  const { lag = LIMITS.lagRecords, errorRate = LIMITS.errorRate } = alerts;
  const series = (record: string, value: number) => ({
    record: `declared:${record}`,
    labels: { topic: name, owner },
    value,
  });
  return [
    series("topic_lag_limit_records", lag === "off" ? Infinity : lag),
    ...(deadLetter === undefined || errorRate === "off"
      ? []
      : [series("error_rate_limit", errorRate)]),
    ...(isDeadLetters ? [series("dead_letters", 1)] : []),
    ...(quietAfter === undefined ? [] : [series("quiet_after_seconds", quietAfter / 1_000)]),
    // On a developer's machine volumes are what somebody just tries.
    ...(eventsPerHour.to === 0 || environment === "dev"
      ? []
      : [series("records_per_hour", eventsPerHour.to)]),
  ];
}

function groupSeries(
  { group, topic, owner, budget }: DeclaredConsumption,
  declared: TopicValues | undefined,
): DeclaredSeries[] {
  const series = (record: string, value: number) => ({
    record: `declared:${record}`,
    labels: { consumergroup: group, topic, owner },
    value,
  });
  const { milliseconds, records } = budget;
  const hasBudget = milliseconds !== undefined || records !== undefined;
  const { lag } = declared?.alerts ?? {};
  // A budget is what its owner means by too far; a limit that the topic sets itself holds besides.
  const limit = lag === "off" || (lag === undefined && hasBudget) ? Infinity : lag;
  return [
    series("consumption", 1),
    series("lag_limit_records", limit ?? LIMITS.lagRecords),
    ...(milliseconds === undefined ? [] : [series("lag_budget_seconds", milliseconds / 1_000)]),
    ...(records === undefined ? [] : [series("lag_budget_records", records)]),
  ];
}

const LAG = "max by (cluster, consumergroup, topic) (kafka_consumergroup_lag_sum)";

/**
 * How many records each group may be behind, and whose it is: as declared of the group, else as of the topic and its
 * owner, else the usual, and the platform's.
 */
export const EFFECTIVE_LIMITS = {
  record: "consumption:lag_limit_records",
  expr:
    "declared:lag_limit_records" +
    ` or on (cluster, consumergroup, topic) (0 * ${LAG} + on (cluster, topic) group_left (owner) declared:topic_lag_limit_records)` +
    ` or on (cluster, consumergroup, topic) label_replace(0 * ${LAG} + ${LIMITS.lagRecords}, "owner", "platform", "", "")`,
} as const;
