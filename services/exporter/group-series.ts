import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import { EXPORTER } from "../../model/observability/metric-names.ts";
import type { Metric } from "../../model/observability/metric.ts";
import type { ClusterState } from "../../operations/look/cluster-state.ts";
import type { Family, Sample } from "./exposition.ts";
import { type PartitionLag, partitionLags } from "../../operations/look/lag-figures.ts";
import type { Figures, GroupTopic } from "../../operations/look/topic-figures.ts";

/** Groups as Prometheus sees them. What is not known has no series. */
export function* groupSeries(
  state: ClusterState,
  { groupTopics }: Figures,
  { granularity }: ExporterConfig,
): Generator<Family> {
  const groups = [...state.groups];
  yield {
    metric: EXPORTER.groupState,
    samples: groups.map(([name, { type, state }]): Sample => [[name, type, state], 1]),
  };
  yield {
    metric: EXPORTER.groupMembers,
    samples: groups.flatMap(([name, { members }]): Sample[] =>
      members === undefined ? [] : [[[name], members]],
    ),
  };
  yield {
    metric: EXPORTER.groupRebalances,
    samples: groups.map(([name, { rebalances }]): Sample => [[name], rebalances]),
  };
  if (granularity === "partition") {
    const perPartition = (metric: Metric, value: (lag: PartitionLag) => number): Family => ({
      metric,
      samples: samplesOf(state, value),
    });
    yield perPartition(EXPORTER.groupCurrentOffset, ({ committed }) => committed);
    yield perPartition(EXPORTER.groupLag, ({ lag }) => lag);
  }
  const perTopic = (metric: Metric, value: (one: GroupTopic) => number | undefined): Family => ({
    metric,
    samples: groupTopics.flatMap((one): Sample[] => {
      const known = value(one);
      return known === undefined ? [] : [[[one.group, one.topic], known]];
    }),
  });
  yield perTopic(EXPORTER.groupCurrentOffsetSum, ({ committed }) => committed);
  yield perTopic(EXPORTER.groupLagSum, ({ lag }) => lag);
  yield perTopic(EXPORTER.groupLagSeconds, ({ lagSeconds }) => lagSeconds);
  yield perTopic(EXPORTER.groupTimeToZero, ({ secondsToZero }) => secondsToZero);
  yield perTopic(EXPORTER.groupTimeToDataLoss, ({ secondsToDataLoss }) => secondsToDataLoss);
  yield perTopic(EXPORTER.groupLostRecords, ({ lost }) => lost);
  yield {
    metric: EXPORTER.topicConsumerLag,
    samples: groupTopics.map(({ group, topic, lag }): Sample => [[topic, group], lag]),
  };
  const totals = new Map<string, number>();
  for (const { group, lag } of groupTopics) totals.set(group, (totals.get(group) ?? 0) + lag);
  yield {
    metric: EXPORTER.groupLagTotal,
    samples: [...totals].map(([group, lag]): Sample => [[group], lag]),
  };
}

function* samplesOf(state: ClusterState, value: (lag: PartitionLag) => number): Generator<Sample> {
  for (const [name, { topics }] of state.groups) {
    for (const [topic, positions] of topics) {
      const topicState = state.topics.get(topic);
      if (!topicState) continue;
      for (const lag of partitionLags(positions, topicState)) {
        yield [[name, topic, lag.partition], value(lag)];
      }
    }
  }
}
