import { consumerGroupDescribeV0, describeGroupsV5 } from "@platformatic/kafka";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";
import { byCoordinator, type Group } from "./groups.ts";
import { SHARE_GROUP_DESCRIBE } from "./share-group-api.ts";
import { STREAMS_GROUP_DESCRIBE } from "./streams-group-api.ts";

const DESCRIBE_GROUPS = ["DescribeGroups", describeGroupsV5.api] as const;
const CONSUMER_GROUP_DESCRIBE = ["ConsumerGroupDescribe", consumerGroupDescribeV0.api] as const;

export interface GroupMembers {
  readonly group: string;
  readonly members: number;
  /** Another one after each rebalance. */
  readonly generation: string;
}

interface Described extends GroupMembers {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
}

/**
 * Members of groups, asked by the protocol of each: the classic call says of every other group that it
 * is dead and has none.
 */
export async function groupMembers(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  groups: readonly Group[],
  deadline: Deadline,
): Promise<{ readonly members: readonly GroupMembers[]; readonly problems: readonly Problem[] }> {
  const ofType = {
    classic: byCoordinator(groups, ["classic"]),
    consumer: byCoordinator(groups, ["consumer"]),
    share: byCoordinator(groups, ["share"]),
    streams: byCoordinator(groups, ["streams"]),
  };
  const { byBroker, problems } = await links.ask(brokers, async (link, { id }) => {
    const what = `groups of broker ${String(id)}`;
    const wanted = (type: keyof typeof ofType) => [...(ofType[type].get(id) ?? [])];
    const described: Described[] = [];
    if (ofType.classic.has(id)) {
      const answer = await link.read(DESCRIBE_GROUPS, what, deadline, wanted("classic"), false);
      for (const one of answer.groups) {
        const ids = one.members.map(({ memberId }) => memberId).sort();
        const { errorCode, groupId: group } = one;
        described.push({ group, errorCode, members: ids.length, generation: ids.join(" ") });
      }
    }
    if (ofType.consumer.has(id)) {
      const names = wanted("consumer");
      const answer = await link.read(CONSUMER_GROUP_DESCRIBE, what, deadline, names, false);
      for (const {
        groupId: group,
        groupEpoch,
        members,
        errorCode,
        errorMessage,
      } of answer.groups) {
        const generation = String(groupEpoch);
        described.push({ group, errorCode, errorMessage, members: members.length, generation });
      }
    }
    for (const [type, api] of [
      ["share", SHARE_GROUP_DESCRIBE],
      ["streams", STREAMS_GROUP_DESCRIBE],
    ] as const) {
      if (!ofType[type].has(id)) continue;
      const answer = await link.read(api, what, deadline, wanted(type));
      described.push(...answer.groups.map((one) => ({ ...one, generation: String(one.epoch) })));
    }
    return described;
  });
  const members: GroupMembers[] = [];
  const refused: Problem[] = [];
  for (const [broker, described] of byBroker) {
    for (const { errorCode, errorMessage, ...one } of described) {
      const error = refusal(`group ${one.group}`, { errorCode, errorMessage });
      if (error) refused.push({ broker, error });
      else members.push(one);
    }
  }
  return { members, problems: [...problems, ...refused] };
}
