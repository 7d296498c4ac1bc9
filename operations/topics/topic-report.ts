import type { ClusterView, TopicView } from "../../model/observability/cluster-view.ts";
import type { ClusterState } from "../look/cluster-state.ts";
import type { TopicState } from "../look/partition-state.ts";

/** Where a topic stands between the declarations and the cluster. */
export type Standing = "declared" | "undeclared" | "missing" | "internal";

/** A topic that is in the cluster, or should be; what is undefined is not known. */
export interface TopicReport {
  readonly name: string;
  readonly standing: Standing;
  /** Undefined for one that is missing. */
  readonly view: TopicView | undefined;
}

/** Every topic that is there or declared, in order of names. Kafka's own are `internal`. */
export function topicReports(
  state: ClusterState,
  view: ClusterView,
  declared: readonly string[],
): TopicReport[] {
  const wanted = new Set(declared);
  const there = view.topics.map((topic): TopicReport => {
    const { name } = topic;
    const isInternal = state.topics.get(name)?.internal === true || name.startsWith("__");
    const standing = wanted.has(name) ? "declared" : isInternal ? "internal" : "undeclared";
    return { name, standing, view: topic };
  });
  const missing = declared
    .filter((name) => !state.topics.has(name))
    .map((name): TopicReport => ({ name, standing: "missing", view: undefined }));
  return [...there, ...missing].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The ends of all partitions added up; undefined where one of them is not known. */
export function endOf({ partitions }: Pick<TopicState, "partitions">): number | undefined {
  let sum = 0;
  for (const { ends } of partitions) {
    if (ends.end === undefined) return undefined;
    sum += ends.end;
  }
  return sum;
}
