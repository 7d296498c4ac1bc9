import { ACCOUNT_GROUPS_FILE, type AccountGroups } from "../account-groups.ts";
import type { CatalogueTopic, Declared, OwnedAccount } from "../catalogue.ts";
import { ENVIRONMENTS } from "../../values/environment.ts";
import { inEnvironment } from "../../topic/topic-spec.ts";
import { partitionCount } from "../../topic/topic-partitions.ts";
import { accountGroupSchema } from "../../access/account-declaration.ts";
import { type TopicRole, topicRoles } from "./topic-roles.ts";

/** A role, and the declaration that gives it. */
interface Given extends TopicRole {
  readonly at: string;
}

/**
 * Topics that are not as the programs need them that keep their state there, and topics that are given two
 * such roles: none of these programs starts, or one overwrites what the other knows.
 */
export function topicRoleFaults(
  topics: readonly Declared<CatalogueTopic>[],
  accounts: readonly Declared<OwnedAccount>[],
  groups: AccountGroups,
): string[] {
  const names = topics.map(({ value }) => value.name);
  const given = [
    ...accounts.flatMap(({ file, value }) =>
      topicRoles(value, names).map((role) => ({ ...role, at: `${file}: accounts.${value.name}` })),
    ),
    ...Object.entries(groups).flatMap(([name, group]) => {
      // What is wrong with a group itself is told elsewhere.
      const { data } = accountGroupSchema.safeParse(group);
      const roles = data === undefined ? [] : topicRoles(data, names);
      return roles.map((role) => ({ ...role, at: `${ACCOUNT_GROUPS_FILE}: ${name}` }));
    }),
  ];
  const declared = new Map(topics.map(({ value }) => [value.name, value]));
  return [
    ...given.flatMap((role) => {
      const topic = declared.get(role.topic);
      return topic === undefined ? [] : unfit(role, topic);
    }),
    ...severalRoles(given),
  ];
}

function unfit({ topic: name, at, role, single, why }: Given, topic: CatalogueTopic): string[] {
  const counts = ENVIRONMENTS.map((environment) => ({
    environment,
    count: partitionCount(inEnvironment(topic, environment).partitions),
  })).filter(({ count }) => single && count !== 1);
  const given = [...new Set(counts.map(({ count }) => count))].join(" and ");
  const where = counts.map(({ environment }) => environment).join(", ");
  const fault = (what: string) => `${at}: topic "${name}" is ${role}: ${what}, because ${why}`;
  return [
    ...(counts.length === 0
      ? []
      : [fault(`given ${given} partitions (${where}); wanted exactly 1`)]),
    ...(topic.cleanup === "compact"
      ? []
      : [fault(`given cleanup "${topic.cleanup}"; wanted "compact"`)]),
  ];
}

function severalRoles(given: readonly Given[]): string[] {
  const byTopic = Map.groupBy(given, ({ topic }) => topic);
  return [...byTopic].flatMap(([topic, all]) => {
    const roles = new Map(all.map((one) => [one.role, one]));
    if (roles.size < 2) return [];
    const told = [...roles.values()].map(({ role, at }) => `${role} (${at})`).join(" and ");
    return [`topic "${topic}": given as ${told}; wanted a topic of its own for each`];
  });
}
