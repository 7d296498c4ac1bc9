import type { ExporterConfig } from "../../model/observability/exporter-config.ts";
import { EXPORTER } from "../../model/observability/metric-names.ts";
import type { ClusterState } from "../../operations/look/cluster-state.ts";
import type { Family, Sample } from "./exposition.ts";
import type { PartitionState } from "../../operations/look/partition-state.ts";
import type { Figures } from "../../operations/look/topic-figures.ts";

/** Brokers, topics, disks and credentials as Prometheus sees them. What is not known has no series. */
export function* clusterSeries(
  state: ClusterState,
  { health, errorRatios }: Figures,
  { declared, granularity }: ExporterConfig,
): Generator<Family> {
  const brokers = [...state.brokers];
  if (brokers.length > 0) {
    yield { metric: EXPORTER.brokers, samples: [[[], brokers.filter(([, { up }]) => up).length]] };
  }
  yield {
    metric: EXPORTER.brokerUp,
    samples: brokers.map(([id, { up }]): Sample => [[id], Number(up)]),
  };
  yield {
    metric: EXPORTER.brokerInfo,
    samples: brokers.map(([id, { address }]): Sample => [[id, address], 1]),
  };
  yield {
    metric: EXPORTER.topicPartitions,
    samples: [...state.topics].map(([name, topic]): Sample => [[name], topic.partitions.length]),
  };
  yield { metric: EXPORTER.topicMessages, samples: messages(state) };
  yield { metric: EXPORTER.topicHealthScore, samples: byName(health) };
  yield { metric: EXPORTER.topicErrorRatio, samples: byName(errorRatios) };
  if (state.parts.get("topics")?.lastSuccess !== undefined) {
    const samples: Sample[] = [[[], underReplicated(state)]];
    yield { metric: EXPORTER.underReplicatedPartitions, samples };
  }
  if (granularity === "partition") yield* partitionSeries(state);
  yield* diskSeries(state);
  yield {
    metric: EXPORTER.credentialDue,
    samples: declared.credentials.map(({ account, owner, due }): Sample => [
      [account, owner],
      Date.parse(due) / 1000,
    ]),
  };
  yield* partSeries(state);
}

function* partitionSeries(state: ClusterState): Generator<Family> {
  const perPartition = (value: (partition: PartitionState) => number | undefined) =>
    samplesOf(state, value);
  yield {
    metric: EXPORTER.partitionCurrentOffset,
    samples: perPartition(({ ends }) => ends.end),
  };
  yield {
    metric: EXPORTER.partitionOldestOffset,
    samples: perPartition(({ bounds }) => bounds?.oldest),
  };
  yield { metric: EXPORTER.partitionLeader, samples: perPartition(({ leader }) => leader) };
  yield {
    metric: EXPORTER.partitionReplicas,
    samples: perPartition(({ replicas }) => replicas.length),
  };
  yield {
    metric: EXPORTER.partitionInSyncReplicas,
    samples: perPartition(({ inSync }) => inSync.length),
  };
  yield {
    metric: EXPORTER.partitionUnderReplicated,
    samples: perPartition((one) => Number(isUnderReplicated(one))),
  };
}

function* samplesOf(
  state: ClusterState,
  value: (partition: PartitionState) => number | undefined,
): Generator<Sample> {
  for (const [name, { partitions }] of state.topics) {
    for (const [index, partition] of partitions.entries()) {
      const known = value(partition);
      if (known !== undefined) yield [[name, index], known];
    }
  }
}

function* messages(state: ClusterState): Generator<Sample> {
  for (const [name, { partitions }] of state.topics) {
    const ends = partitions.map(({ ends: { end } }) => end).filter((end) => end !== undefined);
    if (ends.length === partitions.length) yield [[name], ends.reduce((sum, end) => sum + end, 0)];
  }
}

function* diskSeries({ directories }: ClusterState): Generator<Family> {
  const all = [...directories.values()].flat();
  const labels = (broker: number, directory: string) => [broker, directory];
  const bytes = new Map<string, number>();
  for (const { topics } of all) {
    for (const [topic, size] of topics) bytes.set(topic, (bytes.get(topic) ?? 0) + size);
  }
  yield { metric: EXPORTER.topicLogBytes, samples: byName(bytes) };
  yield {
    metric: EXPORTER.logDirSize,
    samples: all.map(({ broker, directory, topics }): Sample => [
      labels(broker, directory),
      [...topics.values()].reduce((sum, size) => sum + size, 0),
    ]),
  };
  const known = (key: "totalBytes" | "usableBytes") =>
    all.flatMap((one): Sample[] => {
      const value = one[key];
      return value === undefined ? [] : [[labels(one.broker, one.directory), value]];
    });
  yield { metric: EXPORTER.logDirTotal, samples: known("totalBytes") };
  yield { metric: EXPORTER.logDirUsable, samples: known("usableBytes") };
}

function* partSeries({ parts }: ClusterState): Generator<Family> {
  const all = [...parts];
  yield {
    metric: EXPORTER.collectSuccess,
    samples: all.map(([part, { success }]): Sample => [[part], Number(success)]),
  };
  yield {
    metric: EXPORTER.collectDenied,
    samples: all.map(([part, { denied }]): Sample => [[part], Number(denied)]),
  };
  yield {
    metric: EXPORTER.collectDuration,
    samples: all.map(([part, { durationSeconds }]): Sample => [[part], durationSeconds]),
  };
  yield {
    metric: EXPORTER.collectLastSuccess,
    samples: all.flatMap(([part, { lastSuccess }]): Sample[] =>
      lastSuccess === undefined ? [] : [[[part], lastSuccess]],
    ),
  };
  yield {
    metric: EXPORTER.collectRequests,
    samples: all.map(([part, { requests }]): Sample => [[part], requests]),
  };
}

function underReplicated({ topics }: ClusterState): number {
  let count = 0;
  for (const { partitions } of topics.values())
    count += partitions.filter(isUnderReplicated).length;
  return count;
}

const isUnderReplicated = ({ replicas, inSync }: PartitionState) => inSync.length < replicas.length;

const byName = (values: ReadonlyMap<string, number>): Sample[] =>
  [...values].map(([name, value]): Sample => [[name], value]);
