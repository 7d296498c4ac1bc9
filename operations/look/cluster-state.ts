import type { TopicLayout } from "../../clients/kafka/observation/cluster-layout.ts";
import type { Group } from "../../clients/kafka/observation/groups.ts";
import type { LogDirectory } from "../../clients/kafka/observation/log-directories.ts";
import type { PartitionOffset } from "../../clients/kafka/observation/partition-offsets.ts";
import type { Position } from "../../clients/kafka/observation/group-positions.ts";
import { COLLECTED_PARTS, type CollectedPart } from "../../model/observability/exporter-metrics.ts";
import { GroupState, PositionState } from "./group-state.ts";
import { PartitionState, type TopicState } from "./partition-state.ts";

export interface BrokerState {
  readonly address: string;
  /** It answered in the last cycle. */
  readonly up: boolean;
}

/** How the collection of one part went. */
export interface PartState {
  success: boolean;
  denied: boolean;
  /** What went wrong first in the last look. */
  reason?: string | undefined;
  durationSeconds: number;
  /** Unix seconds; undefined before the first. */
  lastSuccess: number | undefined;
  requests: number;
}

/** What is known of the cluster: the last answer about each thing, however old it is. */
export class ClusterState {
  readonly brokers = new Map<number, BrokerState>();
  readonly topics = new Map<string, TopicState>();
  readonly groups = new Map<string, GroupState>();
  /** By broker. */
  readonly directories = new Map<number, readonly LogDirectory[]>();
  readonly parts = new Map<CollectedPart, PartState>(
    COLLECTED_PARTS.map((part) => [
      part,
      { success: false, denied: false, durationSeconds: 0, lastSuccess: undefined, requests: 0 },
    ]),
  );

  /** Topics as they are now: the answer is complete, so what is not in it is gone. */
  noteLayout(layouts: readonly TopicLayout[]): void {
    const there = new Set(layouts.map(({ name }) => name));
    for (const name of this.topics.keys()) if (!there.has(name)) this.topics.delete(name);
    for (const { name, id, internal, partitions } of layouts) {
      let topic = this.topics.get(name);
      const grows = topic?.id === id;
      if (!topic || !grows) this.topics.set(name, (topic = { id, internal, partitions: [] }));
      for (const { partition, leader, replicas, inSync } of partitions) {
        const state = (topic.partitions[partition] ??= new PartitionState(grows));
        Object.assign(state, { leader, replicas, inSync });
      }
    }
  }

  noteEnds(offsets: readonly PartitionOffset[]): void {
    for (const { topic, partition, offset, at } of offsets) {
      this.topics.get(topic)?.partitions[partition]?.ends.note(offset, at);
    }
  }

  noteOldest(offsets: readonly PartitionOffset[]): void {
    for (const { topic, partition, offset, at } of offsets) {
      this.topics.get(topic)?.partitions[partition]?.noteOldest(offset, at);
    }
  }

  /** `isComplete`: every coordinator answered, so that a group that is not listed is gone. */
  noteGroups(groups: readonly Group[], isComplete: boolean): void {
    const listed = new Set(groups.map(({ group }) => group));
    if (isComplete) {
      for (const name of this.groups.keys()) if (!listed.has(name)) this.groups.delete(name);
    }
    for (const { group, type, state, coordinator } of groups) {
      const known = this.groups.get(group) ?? new GroupState();
      this.groups.set(group, Object.assign(known, { type, state, coordinator }));
    }
  }

  /** `complete`: groups whose positions are all there, so that one that is not among them is gone. */
  notePositions(positions: readonly Position[], complete: ReadonlySet<string>, at: number): void {
    const ofGroups = Map.groupBy(positions, ({ group }) => group);
    for (const [name, group] of this.groups) {
      const told = ofGroups.get(name) ?? [];
      if (complete.has(name)) forgetOthers(group, told);
      for (const one of told) {
        this.#note(group, one.topic, one.partition, (end) => standing(one, end), at);
      }
      for (const topic of group.topics.keys()) {
        if (!this.topics.has(topic)) group.topics.delete(topic);
        else this.#noteAdded(group, topic, at);
      }
    }
  }

  #note(
    group: GroupState,
    topic: string,
    partition: number,
    standsAt: (end: number) => number,
    at: number,
  ): void {
    const bounds = this.topics.get(topic)?.partitions[partition]?.bounds;
    if (!bounds) return;
    const committed = standsAt(bounds.end);
    let partitions = group.topics.get(topic);
    if (!partitions) group.topics.set(topic, (partitions = new Map<number, PositionState>()));
    let position = partitions.get(partition);
    if (!position) partitions.set(partition, (position = new PositionState(committed)));
    position.note(committed, bounds, at);
  }

  /** A partition that was added to a topic which the group reads: until it commits, all of it is unread. */
  #noteAdded(group: GroupState, topic: string, at: number): void {
    this.topics.get(topic)?.partitions.forEach(({ added, bounds }, partition) => {
      if (!added || group.topics.get(topic)?.has(partition) === true || !bounds) return;
      this.#note(group, topic, partition, () => bounds.oldest, at);
    });
  }
}

/** Of a share group, where it would stand if it had acknowledged its records in order. */
const standing = ({ offset, lag }: Position, end: number): number =>
  lag === undefined ? offset : Math.max(offset, end - lag);

function forgetOthers(group: GroupState, told: readonly Position[]): void {
  const kept = new Set(told.map(({ topic }) => topic));
  for (const topic of group.topics.keys()) if (!kept.has(topic)) group.topics.delete(topic);
}
