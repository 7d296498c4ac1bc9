import {
  findCoordinatorV6,
  offsetCommitV9,
  offsetDeleteV0,
  offsetFetchV9,
} from "@platformatic/kafka";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrokerLink } from "./broker-link.ts";
import type { Deadline } from "./deadline.ts";
import { KafkaAdminError, refusal } from "./errors.ts";
import type { BrokerLinks } from "./observation/broker-links.ts";

const FIND_COORDINATOR = ["FindCoordinator", findCoordinatorV6.api] as const;
const OFFSET_FETCH = ["OffsetFetch", offsetFetchV9.api] as const;
const OFFSET_COMMIT = ["OffsetCommit", offsetCommitV9.api] as const;
const OFFSET_DELETE = ["OffsetDelete", offsetDeleteV0.api] as const;

const GROUP_KEY = 0;
/** The library's type leaves null out, its writer does not: all that the group has committed. */
const ALL_TOPICS = null as unknown as never[];
/** Where positions of a transaction that is still open would be hidden: they are told as an error. */
const REQUIRE_STABLE = true;
/** Of somebody who is no member: a broker takes it only while there are none. */
const NO_MEMBER = [-1, "", null] as const;
const PAUSE_MS = 100;
/** A coordinator that is moving, or has not read its part of the log yet. */
const COORDINATOR_MOVES = new Set([
  "COORDINATOR_NOT_AVAILABLE",
  "COORDINATOR_LOAD_IN_PROGRESS",
  "NOT_COORDINATOR",
]);

/** A position as it is committed, with what clients have written beside it. */
export interface CommittedPosition {
  readonly topic: string;
  readonly partition: number;
  /** Offset that is read next. */
  readonly offset: number;
  /** Epoch of the leader that the last record came from; -1 where it was not told. */
  readonly leaderEpoch: number;
  /** Any text of the client; empty for most. */
  readonly metadata: string;
}

/** A partition of which the position is removed. */
type PartitionName = Pick<CommittedPosition, "topic" | "partition">;

/** Does `work` at the broker that coordinates the group, and again where that one has moved on. */
async function atCoordinator<T>(
  links: BrokerLinks,
  group: string,
  deadline: Deadline,
  work: (link: BrokerLink) => Promise<T>,
): Promise<T> {
  const what = `coordinator of group ${group}`;
  for (;;) {
    try {
      const answer = await links.any.read(FIND_COORDINATOR, what, deadline, GROUP_KEY, [group]);
      const [found] = answer.coordinators;
      if (!found) throw new KafkaAdminError("REFUSED", `${what}: no broker was named.`);
      const error = refusal(what, found);
      if (error) throw error;
      const { nodeId: id, host, port } = found;
      return await work(links.to({ id, host, port }));
    } catch (error) {
      const moves =
        error instanceof KafkaAdminError && COORDINATOR_MOVES.has(error.brokerError ?? "");
      if (!moves || deadline.remainingMs <= PAUSE_MS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * Every position that a group has committed, in order of topics and partitions.
 *
 * @throws KafkaAdminError also while a transaction is open that will commit positions
 */
export async function committedPositions(
  links: BrokerLinks,
  group: string,
  deadline: Deadline,
): Promise<CommittedPosition[]> {
  const what = `positions of group ${group}`;
  const wanted = [{ groupId: group, memberId: null, memberEpoch: -1, topics: ALL_TOPICS }];
  return atCoordinator(links, group, deadline, async (link) => {
    const answer = await link.read(OFFSET_FETCH, what, deadline, wanted, REQUIRE_STABLE);
    const positions: CommittedPosition[] = [];
    for (const one of answer.groups) {
      const error = refusal(what, one);
      if (error) throw error;
      for (const { name: topic, partitions } of one.topics) {
        for (const { partitionIndex: partition, committedOffset, ...rest } of partitions) {
          const error = refusal(`${what} in partition ${String(partition)} of ${topic}`, rest);
          if (error) throw error;
          if (committedOffset < 0n) continue;
          const { committedLeaderEpoch: leaderEpoch, metadata } = rest;
          const offset = Number(committedOffset);
          positions.push({ topic, partition, offset, leaderEpoch, metadata: metadata ?? "" });
        }
      }
    }
    return positions.sort(byPartition);
  });
}

/**
 * Commits positions of a group without members, in one request: its coordinator writes all of them as one
 * batch, so that none is half done.
 *
 * @throws KafkaAdminError `UNKNOWN_MEMBER_ID` when the group has members, and for the first that is refused
 */
export async function commitPositions(
  links: BrokerLinks,
  group: string,
  positions: readonly CommittedPosition[],
  deadline: Deadline,
): Promise<void> {
  if (positions.length === 0) return;
  const what = `committing positions of group ${group}`;
  const topics = byTopic(positions, ({ partition, offset, leaderEpoch, metadata }) => ({
    partitionIndex: partition,
    committedOffset: BigInt(offset),
    committedLeaderEpoch: leaderEpoch,
    committedMetadata: metadata,
  }));
  await atCoordinator(links, group, deadline, async (link) => {
    const answer = await link.write(OFFSET_COMMIT, what, deadline, group, ...NO_MEMBER, topics);
    throwFirst(what, answer.topics);
  });
}

/**
 * Removes positions of a group, in one request.
 *
 * @throws KafkaAdminError `GROUP_SUBSCRIBED_TO_TOPIC` when a member reads the topic, and for the first refused
 */
export async function deletePositions(
  links: BrokerLinks,
  group: string,
  partitions: readonly PartitionName[],
  deadline: Deadline,
): Promise<void> {
  if (partitions.length === 0) return;
  const what = `removing positions of group ${group}`;
  const topics = byTopic(partitions, ({ partition }) => ({ partitionIndex: partition }));
  await atCoordinator(links, group, deadline, async (link) => {
    const answer = await link.write(OFFSET_DELETE, what, deadline, group, topics);
    const error = refusal(what, answer);
    if (error) throw error;
    throwFirst(what, answer.topics);
  });
}

function byTopic<Entry extends PartitionName, Asked>(
  entries: readonly Entry[],
  asked: (entry: Entry) => Asked,
): { name: string; partitions: Asked[] }[] {
  const grouped = Map.groupBy(entries, ({ topic }) => topic);
  return [...grouped].map(([name, some]) => ({ name, partitions: some.map(asked) }));
}

function throwFirst(
  what: string,
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
): void {
  for (const { name, partitions } of topics) {
    for (const one of partitions) {
      const error = refusal(`${what}, partition ${String(one.partitionIndex)} of ${name}`, one);
      if (error) throw error;
    }
  }
}

const byPartition = (one: PartitionName, other: PartitionName) =>
  one.topic < other.topic ? -1 : one.topic > other.topic ? 1 : one.partition - other.partition;
