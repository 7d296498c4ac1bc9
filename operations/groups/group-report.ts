import type { ClusterView, GroupView } from "../../model/observability/cluster-view.ts";
import type { ClusterState } from "../look/cluster-state.ts";
import type { GroupState } from "../look/group-state.ts";
import { partitionLags } from "../look/lag-figures.ts";
import { movement, type Movement, type Standing } from "./movement.ts";

/** One group of a cluster, whatever its protocol; what is undefined is not known. */
export interface GroupReport {
  readonly group: string;
  /** The protocol: classic, consumer, share or streams. */
  readonly type: string;
  readonly state: string;
  readonly members: number | undefined;
  /** Who answers for it; undefined for one that nothing declares. */
  readonly owner: string | undefined;
  readonly movement: Movement;
  /** In all topics. */
  readonly lag: number | undefined;
  /** Seconds since the oldest unread record was written. */
  readonly lagSeconds: number | undefined;
  readonly topics: readonly TopicOfGroup[];
}

export interface TopicOfGroup extends Pick<
  GroupView,
  "topic" | "lag" | "lagSeconds" | "lagBudgetSeconds" | "secondsToZero" | "secondsToDataLoss"
> {
  readonly partitions: ReturnType<typeof partitionLags>;
}

/** Where every group stands now, to be compared with a later look. */
export const standings = (state: ClusterState): ReadonlyMap<string, Standing> =>
  new Map([...state.groups].map(([name, group]) => [name, standingOf(state, group)]));

function standingOf(state: ClusterState, group: GroupState): Standing {
  let [committed, lag, known] = [0, 0, group.topics.size > 0];
  for (const [topic, positions] of group.topics) {
    const there = state.topics.get(topic);
    const lags = there ? partitionLags(positions, there) : [];
    known &&= lags.length === positions.size;
    for (const one of lags) [committed, lag] = [committed + one.committed, lag + one.lag];
  }
  return { members: group.members, lag: known ? lag : undefined, committed };
}

/**
 * Every group that is there, the furthest behind first.
 *
 * @param before where they stood at an earlier look
 * @param sure whether it was so long ago that a group which has not moved since does not move
 */
export function groupReports(
  state: ClusterState,
  view: ClusterView,
  before: ReadonlyMap<string, Standing>,
  sure: boolean,
): GroupReport[] {
  const views = Map.groupBy(view.groups, ({ group }) => group);
  const reports = [...state.groups].map(([group, known]): GroupReport => {
    const topics = views.get(group) ?? [];
    const now = standingOf(state, known);
    const ages = topics.map(({ lagSeconds }) => lagSeconds);
    return {
      ...{ group, type: known.type, state: known.state, members: known.members },
      owner: topics.find(({ owner }) => owner !== undefined)?.owner,
      movement: movement(before.get(group) ?? now, now, sure),
      lag: now.lag,
      lagSeconds:
        ages.some((age) => age === undefined) || ages.length === 0
          ? undefined
          : Math.max(...ages.map((age) => age ?? 0)),
      topics: topics.map((one) => topicOf(state, known, one)),
    };
  });
  return reports.sort((one, other) => (other.lag ?? -1) - (one.lag ?? -1));
}

function topicOf(state: ClusterState, group: GroupState, view: GroupView): TopicOfGroup {
  const { topic, lag, lagSeconds, lagBudgetSeconds, secondsToZero, secondsToDataLoss } = view;
  const [positions, there] = [group.topics.get(topic), state.topics.get(topic)];
  return {
    ...{ topic, lag, lagSeconds, lagBudgetSeconds, secondsToZero, secondsToDataLoss },
    partitions: positions && there ? partitionLags(positions, there) : [],
  };
}
