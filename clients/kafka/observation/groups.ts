import { listGroupsV5 } from "@platformatic/kafka";
import type { Deadline } from "../deadline.ts";
import { refusal } from "../errors.ts";
import type { BrokerAddress, BrokerLinks, Problem } from "./broker-links.ts";

const LIST_GROUPS = ["ListGroups", listGroupsV5.api] as const;

/** Kafka's names of the protocols of groups, in lower case. */
export type GroupType = "classic" | "consumer" | "share" | "streams";

export interface Group {
  readonly group: string;
  readonly type: GroupType;
  /** Kafka's own word: `Stable`, `Empty`, `PreparingRebalance`, … */
  readonly state: string;
  /** Id of the broker that coordinates it. */
  readonly coordinator: number;
}

/**
 * Groups of all types and states, from their coordinators.
 *
 * Left out are classic groups that are no consumers: workers of Connect and the schema registry, which
 * have no positions in topics.
 */
export async function listGroups(
  links: BrokerLinks,
  brokers: readonly BrokerAddress[],
  deadline: Deadline,
): Promise<{ readonly groups: readonly Group[]; readonly problems: readonly Problem[] }> {
  // No filter: a broker that does not know a type would refuse the whole request.
  const { byBroker, problems } = await links.ask(brokers, async (link, { id }) => {
    const what = `groups of broker ${String(id)}`;
    const answer = await link.read(LIST_GROUPS, what, deadline, [], []);
    const error = refusal(what, answer);
    if (error) throw error;
    return answer.groups;
  });
  const groups = [...byBroker].flatMap(([coordinator, listed]) =>
    listed.flatMap(({ groupId, groupState, groupType, protocolType }): Group[] => {
      const type = groupType.toLowerCase() as GroupType;
      if (type === "classic" && !["consumer", ""].includes(protocolType)) return [];
      return [{ group: groupId, type, state: groupState, coordinator }];
    }),
  );
  return { groups, problems };
}

/** The groups of some types, by the broker to ask about them. */
export function byCoordinator(
  groups: readonly Group[],
  types: readonly GroupType[],
): ReadonlyMap<number, readonly string[]> {
  const wanted = groups.filter(({ type }) => types.includes(type));
  const grouped = Map.groupBy(wanted, ({ coordinator }) => coordinator);
  return new Map([...grouped].map(([id, ofBroker]) => [id, ofBroker.map(({ group }) => group)]));
}
