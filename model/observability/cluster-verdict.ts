import type { ClusterView, GroupView, TopicView } from "./cluster-view.ts";

export interface Verdict {
  readonly state: "fine" | "degraded" | "broken" | "unknown";
  readonly sentence: string;
}

/** Below it a topic needs somebody. */
const POOR_HEALTH = 70;

/**
 * The state of a cluster in one sentence: the worst of what is seen. What cannot be seen comes first,
 * because nothing can be said of the rest.
 */
export function clusterVerdict(view: ClusterView): Verdict {
  for (const judge of JUDGES) {
    const verdict = judge(view);
    if (verdict) return verdict;
  }
  const { brokers, topics, groups } = view;
  const counted = [
    count(brokers.length, "broker"),
    count(topics.length, "topic"),
    count(new Set(groups.map(({ group }) => group)).size, "consumer group"),
  ];
  return { state: "fine", sentence: `All is well: ${counted.join(", ")}.` };
}

type Judge = (view: ClusterView) => Verdict | undefined;

const unseen: Judge = ({ parts }) => {
  const denied = parts.filter(({ result }) => result === "denied").map(({ part }) => named(part));
  if (denied.length > 0) {
    return unknown(`Not all can be seen: the exporter has no right to look at ${list(denied)}.`);
  }
  const failed = parts.filter(({ result }) => result === "failed");
  const [cluster] = failed.filter(({ part }) => part === "cluster");
  if (cluster) {
    return cluster.lastSeen === undefined
      ? unknown("Kafka does not answer, and has not since the exporter started.")
      : {
          state: "broken",
          sentence: "Kafka does not answer. What is shown is what was seen last.",
        };
  }
  return undefined;
};

const withoutLeader: Judge = ({ topics }) => {
  const partitions = sum(topics, ({ withoutLeader: number }) => number);
  return partitions === 0
    ? undefined
    : broken(`${count(partitions, "partition")} can be neither read nor written: no leader.`);
};

const refusesWrites: Judge = ({ topics }) => {
  const partitions = sum(topics, ({ belowMinIsr }) => belowMinIsr);
  return partitions === 0
    ? undefined
    : broken(`${count(partitions, "partition")} can be read, but not written: too few replicas.`);
};

const brokersAway: Judge = ({ brokers, topics }) => {
  const away = brokers.filter(({ up }) => !up).map(({ id }) => String(id));
  if (away.length === 0) return undefined;
  const missing = sum(topics, ({ underReplicated }) => underReplicated);
  const broker = away.length === 1 ? "Broker" : "Brokers";
  return degraded(
    `${broker} ${list(away)} cannot be reached; ${count(missing, "partition")} ${missing === 1 ? "misses" : "miss"} a copy.`,
  );
};

const copiesMissing: Judge = ({ topics }) => {
  const missing = sum(topics, ({ underReplicated }) => underReplicated);
  return missing === 0
    ? undefined
    : degraded(`${count(missing, "partition")} ${missing === 1 ? "misses" : "miss"} a copy.`);
};

const losing: Judge = ({ groups }) => {
  const [worst, ...others] = groups
    .filter(({ secondsToDataLoss: seconds }) => seconds !== undefined && seconds < 3600)
    .toSorted((one, other) => (one.secondsToDataLoss ?? 0) - (other.secondsToDataLoss ?? 0));
  return (
    worst && degraded(`${worst.group} is about to lose records of ${worst.topic}${more(others)}.`)
  );
};

const overBudget: Judge = ({ groups }) => {
  const [worst, ...others] = groups
    .filter(isLate)
    .toSorted((one, other) => excess(other) - excess(one));
  return (
    worst &&
    degraded(`${worst.group} is further behind on ${worst.topic} than it may be${more(others)}.`)
  );
};

const poorTopics: Judge = ({ topics }) => {
  const [worst, ...others] = topics
    .filter(isPoor)
    .toSorted((one, other) => (one.health ?? 0) - (other.health ?? 0));
  return worst && degraded(`Topic ${worst.name} is in poor health${more(others)}.`);
};

const partlySeen: Judge = ({ parts }) => {
  const failed = parts.filter(({ result }) => result === "failed").map(({ part }) => named(part));
  return failed.length === 0
    ? undefined
    : unknown(`Not all can be seen: the last look at ${list(failed)} failed.`);
};

const JUDGES: readonly Judge[] = [
  unseen,
  withoutLeader,
  refusesWrites,
  brokersAway,
  copiesMissing,
  losing,
  overBudget,
  poorTopics,
  partlySeen,
];

/** Whether a group is further behind than its budget allows. */
export const isLate = (group: GroupView): boolean => excess(group) > 1;

export const isPoor = ({ health }: TopicView): boolean =>
  health !== undefined && health < POOR_HEALTH;

/** How many budgets a group is behind; 0 where there is none, or nothing is known. */
const excess = ({ lagSeconds = 0, lagBudgetSeconds = Infinity }: GroupView): number =>
  lagSeconds / lagBudgetSeconds;

const broken = (sentence: string): Verdict => ({ state: "broken", sentence });
const degraded = (sentence: string): Verdict => ({ state: "degraded", sentence });
const unknown = (sentence: string): Verdict => ({ state: "unknown", sentence });

const named = (part: string) => part.replaceAll("_", " ");
const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
const more = (others: readonly unknown[]) =>
  others.length === 0 ? "" : `, and so ${others.length === 1 ? "is" : "are"} ${others.length} more`;
const list = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
const sum = <T>(all: readonly T[], of: (one: T) => number) =>
  all.reduce((total, one) => total + of(one), 0);
