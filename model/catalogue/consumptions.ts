import type { LagBudget } from "../access/lag-budget.ts";
import { matchesPattern } from "../access/name-pattern.ts";
import type { Catalogue, CatalogueAccount } from "./catalogue.ts";
import { topicUsage } from "./topic-usage.ts";

/** That a consumer group reads a topic, and who answers for it. */
export interface DeclaredConsumption {
  readonly group: string;
  readonly topic: string;
  /** Of the account that reads; the first by name where several are in the group. */
  readonly account: string;
  readonly owner: string;
  /** How far it may fall behind: where several say it, the least of each kind. */
  readonly budget: {
    readonly milliseconds?: number | undefined;
    readonly records?: number | undefined;
  };
}

/**
 * Who consumes what, one entry for each group and topic, in order of names. A group that is declared by the start of its
 * name is left out: which groups there are, only the cluster knows.
 */
export function declaredConsumptions(catalogue: Catalogue): DeclaredConsumption[] {
  const owners = new Map(catalogue.accounts.map(({ name, owner }) => [name, owner]));
  const budgets = catalogue.accounts.flatMap(budgetsOf);
  const reading = topicUsage(catalogue).readers.flatMap(({ group, topic, account }) =>
    group === undefined || group.endsWith("*") ? [] : [{ group, topic, account }],
  );
  const byEdge = Map.groupBy(reading, ({ group, topic }) => `${group} ${topic}`);
  return [...byEdge.values()]
    .map((readers) => {
      const [first] = readers.toSorted((one, other) => (one.account < other.account ? -1 : 1));
      const { group, topic, account } = first as (typeof readers)[number];
      const own = budgets.filter(
        (one) => one.group === group && one.topics.some((name) => matchesPattern(name, topic)),
      );
      const owner = owners.get(account) ?? "";
      return { group, topic, account, owner, budget: leastOf(own.map(({ budget }) => budget)) };
    })
    .sort((one, other) => (`${one.group} ${one.topic}` < `${other.group} ${other.topic}` ? -1 : 1));
}

interface GroupBudget {
  readonly group: string;
  readonly topics: readonly string[];
  readonly budget: LagBudget;
}

const budgetsOf = ({ grants, groupGrants }: CatalogueAccount): GroupBudget[] =>
  [grants, ...Object.values(groupGrants)].flatMap(({ consumes, streams = [] }) => [
    ...consumes.flatMap(({ group, topics, lagBudget: budget }) =>
      group === undefined || budget === undefined ? [] : [{ group, topics, budget }],
    ),
    ...streams.flatMap(({ applicationId: group, consumes: topics, lagBudget: budget }) =>
      budget === undefined ? [] : [{ group, topics, budget }],
    ),
  ]);

function leastOf(budgets: readonly LagBudget[]): DeclaredConsumption["budget"] {
  const times = budgets.flatMap((one) => ("milliseconds" in one ? [one.milliseconds] : []));
  const counts = budgets.flatMap((one) => ("records" in one ? [one.records] : []));
  return {
    ...(times.length > 0 && { milliseconds: Math.min(...times) }),
    ...(counts.length > 0 && { records: Math.min(...counts) }),
  };
}
