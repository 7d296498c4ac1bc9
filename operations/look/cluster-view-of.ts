import type { ClusterState, PartState } from "./cluster-state.ts";
import type { TopicState } from "./partition-state.ts";
import { figures, type Figures } from "./topic-figures.ts";
import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import type {
  BrokerView,
  ClusterView,
  GroupView,
  PartView,
  TopicView,
} from "../../model/observability/cluster-view.ts";

/** A rate is that of so many seconds, and this many of them make the line of a topic. */
const STEP_SECONDS = 30;
const STEPS = 20;

/** What the exporter knows at a time, as the status page shows it. */
export function clusterViewOf(
  state: ClusterState,
  { cluster, declared }: ExporterConfig,
  alerts: ClusterView["alerts"],
  now: number,
): ClusterView {
  const known = figures(state, declared, now);
  return {
    ...{ cluster, at: new Date(now), alerts },
    brokers: [...state.brokers.keys()].toSorted(byNumber).map((id) => brokerOf(state, id)),
    topics: topicsOf(state, known, declared, now),
    groups: groupsOf(state, known, declared),
    parts: [...state.parts].map(partOf),
  };
}

function brokerOf(state: ClusterState, id: number): BrokerView {
  const { address = "", up = false } = state.brokers.get(id) ?? {};
  const directories = state.directories.get(id) ?? [];
  const sizes = directories.flatMap(({ totalBytes: total, usableBytes: usable }) =>
    total === undefined || usable === undefined ? [] : [{ total, used: total - usable }],
  );
  // Of a broker with a directory of unknown size not even the sum is known.
  const disk =
    sizes.length === 0 || sizes.length < directories.length
      ? undefined
      : {
          usedBytes: sizes.reduce((sum, { used }) => sum + used, 0),
          totalBytes: sizes.reduce((sum, { total }) => sum + total, 0),
        };
  return { id, address, up, disk };
}

function topicsOf(
  state: ClusterState,
  { health }: Figures,
  declared: ExporterConfig["declared"],
  now: number,
): TopicView[] {
  const declarations = new Map(declared.topics.map((topic) => [topic.name, topic]));
  const bytes = new Map<string, number>();
  for (const { topics } of [...state.directories.values()].flat()) {
    for (const [topic, size] of topics) bytes.set(topic, (bytes.get(topic) ?? 0) + size);
  }
  return [...state.topics].map(([name, topic]) => {
    const { owner, minInsyncReplicas = 1 } = declarations.get(name) ?? {};
    const { partitions } = topic;
    const rates = ratesOf(topic, now);
    return {
      ...{ name, owner, partitions: partitions.length, rates },
      withoutLeader: partitions.filter(({ leader }) => leader < 0).length,
      underReplicated: partitions.filter((one) => one.inSync.length < one.replicas.length).length,
      belowMinIsr: partitions.filter((one) => one.inSync.length < minInsyncReplicas).length,
      health: health.get(name),
      bytes: bytes.get(name),
      messagesPerSecond: rates.at(-1),
    };
  });
}

/** Records a second in the last steps, the oldest first, as far back as is known. */
function ratesOf({ partitions }: TopicState, now: number): number[] {
  const endAt = (stepsBack: number) => {
    let sum = 0;
    for (const { ends } of partitions) {
      const end = ends.endAt(now - stepsBack * STEP_SECONDS * 1000);
      if (end === undefined) return undefined;
      sum += end;
    }
    return sum;
  };
  const rates: number[] = [];
  let later = endAt(0);
  for (let back = 1; back <= STEPS && later !== undefined; back += 1) {
    const earlier = endAt(back);
    if (earlier === undefined) break;
    rates.unshift(Math.max(0, later - earlier) / STEP_SECONDS);
    later = earlier;
  }
  return rates;
}

function groupsOf(
  state: ClusterState,
  { groupTopics }: Figures,
  { groups }: ExporterConfig["declared"],
): GroupView[] {
  const declarations = new Map(groups.map((one) => [`${one.group} ${one.topic}`, one]));
  return groupTopics.map(({ group, topic, ...lag }) => {
    const { type, state: named, members } = state.groups.get(group) ?? {};
    const { owner, lagBudgetSeconds } = declarations.get(`${group} ${topic}`) ?? {};
    return {
      ...{ group, topic, owner, type, members, lagBudgetSeconds },
      ...{ state: named === "" ? undefined : named, lag: lag.lag, lagSeconds: lag.lagSeconds },
      ...{ secondsToZero: lag.secondsToZero, secondsToDataLoss: lag.secondsToDataLoss },
    };
  });
}

const partOf = ([part, { success, denied, lastSuccess, reason }]: [
  string,
  PartState,
]): PartView => ({
  ...{ part, reason },
  result: denied ? "denied" : success ? "seen" : "failed",
  lastSeen: lastSuccess === undefined ? undefined : new Date(lastSuccess * 1000),
});

const byNumber = (one: number, other: number) => one - other;
