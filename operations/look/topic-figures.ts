import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import { topicHealthScore } from "../../model/observability/topic-health.ts";
import type { ClusterState } from "./cluster-state.ts";
import { type LagFigures, lagFigures } from "./lag-figures.ts";
import type { TopicState } from "./partition-state.ts";

/** Dead letters are counted over this time. */
const ERROR_WINDOW_MS = 120_000;
const LEAST_IN_SYNC = 1;

export interface GroupTopic extends LagFigures {
  readonly group: string;
  readonly topic: string;
}

/** Figures that follow from the state at one time: computed once for all that shows them. */
export interface Figures {
  readonly groupTopics: readonly GroupTopic[];
  /** By topic; a topic whose score is not known is left out. */
  readonly health: ReadonlyMap<string, number>;
  readonly errorRatios: ReadonlyMap<string, number>;
}

export function figures(
  state: ClusterState,
  { topics, groups }: ExporterConfig["declared"],
  now: number,
): Figures {
  const declared = new Map(topics.map((topic) => [topic.name, topic]));
  const budgets = new Map(
    groups.map(({ group, topic, lagBudgetSeconds }) => [`${group} ${topic}`, lagBudgetSeconds]),
  );
  const groupTopics: GroupTopic[] = [];
  for (const [group, groupState] of state.groups) {
    for (const topic of groupState.topics.keys()) {
      const topicState = state.topics.get(topic);
      if (!topicState) continue;
      const { retentionMs } = declared.get(topic) ?? {};
      const lag = lagFigures(groupState, topic, topicState, retentionMs, now);
      groupTopics.push({ group, topic, ...lag });
    }
  }
  const readers = Map.groupBy(groupTopics, ({ topic }) => topic);
  const errorRatios = new Map<string, number>();
  const health = new Map<string, number>();
  for (const [name, topic] of state.topics) {
    const { errorsTo, minInsyncReplicas = LEAST_IN_SYNC } = declared.get(name) ?? {};
    const ofTopic = readers.get(name) ?? [];
    const deadLetters = errorsTo === undefined ? undefined : state.topics.get(errorsTo);
    const ratio = deadLetters && errorRatio(deadLetters, ofTopic, now);
    if (ratio !== undefined) errorRatios.set(name, ratio);
    const score = topicHealthScore({
      partitions: topic.partitions.map(({ leader, replicas, inSync }) => ({
        hasLeader: leader >= 0,
        replicas: replicas.length,
        inSync: inSync.length,
      })),
      minInsyncReplicas,
      groups: ofTopic.map(({ group, lag, lagSeconds }) => ({
        lag,
        lagSeconds,
        budgetSeconds: budgets.get(`${group} ${name}`),
      })),
      errorRatio: ratio,
    });
    if (score !== undefined) health.set(name, score);
  }
  return { groupTopics, health, errorRatios };
}

/** Dead letters for each record consumed, at most 1; undefined until both rates are known. */
function errorRatio(
  deadLetters: TopicState,
  readers: readonly Pick<LagFigures, "consumed">[],
  now: number,
): number | undefined {
  let written = 0;
  for (const { ends } of deadLetters.partitions) {
    const [before, end] = [ends.endAt(now - ERROR_WINDOW_MS), ends.end];
    if (before === undefined || end === undefined) return undefined;
    written += end - before;
  }
  if (written === 0) return 0;
  let consumed = 0;
  for (const reader of readers) {
    if (reader.consumed === undefined) return undefined;
    consumed += Math.max(0, reader.consumed);
  }
  const errors = (written * 1000) / ERROR_WINDOW_MS;
  return consumed === 0 ? 1 : Math.min(1, errors / consumed);
}
