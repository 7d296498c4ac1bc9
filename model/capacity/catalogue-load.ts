import type { CapacityPlan, ClusterRoom, PlannedTopic, QuotaDemand } from "./capacity.ts";
import { capacityPlan } from "./capacity-plan.ts";
import type { QuotaLimits } from "../access/quotas.ts";
import type { Catalogue, CatalogueTopic } from "../catalogue/catalogue.ts";
import { declaredConsumptions } from "../catalogue/consumptions.ts";
import { type TopicUsage, topicUsage } from "../catalogue/topic-usage.ts";

/** A catalogue as it is declared, or with other numbers. */
export interface PlannedCatalogue extends Catalogue {
  readonly topics: readonly (CatalogueTopic & Pick<PlannedTopic, "demand">)[];
}

/**
 * What the catalogue takes of a cluster, by its declared volumes and by who reads and writes what.
 *
 * @param defaultQuota limits of whoever has none of its own
 */
export function catalogueCapacity(
  catalogue: PlannedCatalogue,
  room: ClusterRoom,
  defaultQuota?: QuotaLimits,
): CapacityPlan {
  const usage = topicUsage(catalogue);
  const readers = Map.groupBy(usage.readers, ({ topic }) => topic);
  const topics = catalogue.topics.map((topic) => {
    // A group reads a topic once, however many accounts are in it.
    const groups = new Set(readers.get(topic.name)?.map(({ group, account }) => group ?? account));
    return { ...topic, readers: groups.size };
  });
  const plan = capacityPlan(topics, room);
  const throughput = new Map(
    plan.topics.map(({ name, partitions }) => [name, partitions.throughput]),
  );
  const budgets = lagBudgets(catalogue);
  const demands = catalogue.accounts.flatMap(({ name, quota = defaultQuota }) =>
    quota ? demandsOf(name, quota, usage, throughput, room.brokers, budgets.get(name)) : [],
  );
  return demands.length === 0 ? plan : capacityPlan(topics, room, demands);
}

/** The least time that an account's groups may be behind, in milliseconds, by account. */
function lagBudgets(catalogue: Catalogue): Map<string, number> {
  const least = new Map<string, number>();
  for (const { account, budget } of declaredConsumptions(catalogue)) {
    const { milliseconds = Infinity } = budget;
    if (milliseconds < (least.get(account) ?? Infinity)) least.set(account, milliseconds);
  }
  return least;
}

/** Of a topic that several write, each is taken to write all of it: who writes how much is not declared. */
function demandsOf(
  account: string,
  { producerByteRate, consumerByteRate }: QuotaLimits,
  { writers, readers }: TopicUsage,
  throughput: ReadonlyMap<string, number>,
  brokers: number,
  lagBudget: number | undefined,
): QuotaDemand[] {
  const onBroker = (uses: readonly { readonly account: string; readonly topic: string }[]) =>
    uses
      .filter((use) => use.account === account)
      .reduce((sum, { topic }) => sum + (throughput.get(topic) ?? 0), 0) / brokers;
  const written = writers.filter(({ deadLetters }) => !deadLetters);
  return [
    { account, kind: "producer", needed: onBroker(written), limit: producerByteRate },
    { account, kind: "consumer", needed: onBroker(readers), limit: consumerByteRate, lagBudget },
  ];
}
