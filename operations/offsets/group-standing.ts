import { committedPositions, type CommittedPosition } from "../../clients/kafka/group-offsets.ts";
import type { Deadline } from "../../clients/kafka/deadline.ts";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import {
  clusterLayout,
  type ClusterLayout,
} from "../../clients/kafka/observation/cluster-layout.ts";
import { groupMembers } from "../../clients/kafka/observation/group-members.ts";
import { type Group, listGroups } from "../../clients/kafka/observation/groups.ts";
import { noSuch } from "../../model/values/spelling.ts";
import { UserError } from "../../model/values/user-error.ts";

/** A group just now. */
export interface GroupStanding {
  /** Undefined where there is no such group. */
  readonly group: Group | undefined;
  /** Names of all groups there are. */
  readonly groups: readonly string[];
  readonly members: number;
  readonly positions: readonly CommittedPosition[];
  readonly layout: ClusterLayout;
}

/**
 * Looks at a group: its type, its members by the protocol of that type, its positions.
 *
 * @throws KafkaAdminError when any of it cannot be found out: nothing is taken for empty
 */
export async function groupStanding(
  links: BrokerLinks,
  name: string,
  deadline: Deadline,
): Promise<GroupStanding> {
  const layout = await clusterLayout(links.any, deadline);
  const { groups, problems } = await listGroups(links, layout.brokers, deadline);
  const names = groups.map(({ group }) => group);
  const group = groups.find((one) => one.group === name);
  if (!group) {
    const [problem] = problems;
    if (problem) throw problem.error;
    return { group, groups: names, members: 0, positions: [], layout };
  }
  const described = await groupMembers(links, layout.brokers, [group], deadline);
  const [problem] = described.problems;
  if (problem?.error.brokerError === "GROUP_ID_NOT_FOUND") {
    throw new UserError(
      `Group ${name} has become another, or gone, while it was looked at: somebody is joining or leaving it. ` +
        "Nothing was changed: try again when it is at rest.",
    );
  }
  if (problem) throw problem.error;
  const members = described.members.find((one) => one.group === name)?.members ?? 0;
  const positions = group.type === "share" ? [] : await committedPositions(links, name, deadline);
  return { group, groups: names, members, positions, layout };
}

/** The group that is there. @throws UserError with the nearest name when there is none, or for a share group */
export function existing(name: string, { group, groups }: GroupStanding): Group {
  if (!group) throw new UserError(noSuch("group", name, groups));
  if (group.type === "share") {
    throw new UserError(
      `Group ${name} is a share group: it has no position for each partition, but records that are shared out. ` +
        "Kafka's own tool resets where it starts: kafka-share-groups --reset-offsets.",
    );
  }
  return group;
}

/** @throws UserError while anybody is in the group */
export function withoutMembers(name: string, { group, members }: GroupStanding): void {
  if (members === 0 && (!group || ["Empty", "Dead"].includes(group.state))) return;
  const who = members === 1 ? "1 member" : `${String(members)} members`;
  throw new UserError(
    `Group ${name} (${group?.type ?? "unknown"}, ${group?.state ?? "unknown"}) has ${who}: they would go on from where ` +
      "they are, and commit over it. Stop them first; one that was killed is gone after its session timeout.",
  );
}
