import { offsetFetchV9 } from "@platformatic/kafka";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";
import { byCoordinator, type Group } from "./groups.ts";
import { SHARE_GROUP_OFFSETS } from "./share-group-api.ts";

// null topics: all that the group has committed. The library's type leaves it out, its writer does not.
const OFFSET_FETCH = ["OffsetFetch", offsetFetchV9.api] as const;
const ALL_TOPICS = null as unknown as never[];

/** Where a group stands in a partition. */
export interface Position {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** Offset that is read next. Of share groups, where the records begin that may not be acknowledged yet. */
  readonly offset: number;
  /** Records not acknowledged yet, which only the coordinator of a share group knows. */
  readonly lag?: number;
}

export interface Positions {
  readonly positions: readonly Position[];
  /** Groups whose positions are all among them, if they have any. */
  readonly complete: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** What all groups have committed: one request to each broker, and one more where it has share groups. */
export async function groupPositions(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  groups: readonly Group[],
  deadline: Deadline,
): Promise<Positions> {
  const committed = byCoordinator(groups, ["classic", "consumer", "streams"]);
  const shared = byCoordinator(groups, ["share"]);
  const positions: Position[] = [];
  const complete = new Set<string>();
  const refused: Problem[] = [];

  const ordinary = await links.ask(having(brokers, committed), async (link, { id }) => {
    const wanted = (committed.get(id) ?? []).map((groupId) => ({
      groupId,
      memberId: null,
      memberEpoch: -1,
      topics: ALL_TOPICS,
    }));
    const what = `positions of the groups of broker ${String(id)}`;
    return link.read(OFFSET_FETCH, what, deadline, wanted, false);
  });
  for (const [broker, answer] of ordinary.byBroker) {
    for (const { groupId: group, topics, ...one } of answer.groups) {
      const error = refusal(`group ${group}`, one);
      if (error) refused.push({ broker, error });
      else complete.add(group);
      for (const { name: topic, partitions } of topics) {
        for (const { partitionIndex: partition, committedOffset, errorCode } of partitions) {
          if (errorCode !== 0 || committedOffset < 0n) continue;
          positions.push({ group, topic, partition, offset: Number(committedOffset) });
        }
      }
    }
  }

  const share = await links.ask(having(brokers, shared), async (link, { id }) => {
    const what = `positions of the share groups of broker ${String(id)}`;
    return link.read(SHARE_GROUP_OFFSETS, what, deadline, [...(shared.get(id) ?? [])]);
  });
  for (const [broker, answer] of share.byBroker) {
    for (const { group, topics, ...one } of answer.groups) {
      const error = refusal(`group ${group}`, one);
      if (error) refused.push({ broker, error });
      else complete.add(group);
      for (const { topic, partitions } of topics) {
        for (const { partition, startOffset, lag, errorCode } of partitions) {
          if (errorCode !== 0 || startOffset < 0n) continue;
          const offset = Number(startOffset);
          positions.push({
            group,
            topic,
            partition,
            offset,
            ...(lag >= 0n && { lag: Number(lag) }),
          });
        }
      }
    }
  }
  return { positions, complete, problems: [...ordinary.problems, ...share.problems, ...refused] };
}

const having = (brokers: readonly BrokerAddress[], groups: ReadonlyMap<number, unknown>) =>
  brokers.filter(({ id }) => groups.has(id));
