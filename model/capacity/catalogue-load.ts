import type { CapacityPlan, ClusterRoom, PlannedTopic, QuotaDemand } from "./capacity.ts";
import { capacityPlan } from "./capacity-plan.ts";
import type { QuotaLimits } from "../access/quotas.ts";
import type { Catalogue, CatalogueTopic } from "../catalogue/catalogue.ts";
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
  const demands = catalogue.accounts.flatMap(({ name, quota = defaultQuota }) =>
    quota ? demandsOf(name, quota, usage, throughput, room.brokers) : [],
  );
  return demands.length === 0 ? plan : capacityPlan(topics, room, demands);
}

/** Of a topic that several write, each is taken to write all of it: who writes how much is not declared. */
function demandsOf(
  account: string,
  { producerByteRate, consumerByteRate }: QuotaLimits,
  { writers, readers }: TopicUsage,
  throughput: ReadonlyMap<string, number>,
  brokers: number,
): QuotaDemand[] {
  const onBroker = (uses: readonly { readonly account: string; readonly topic: string }[]) =>
    uses
      .filter((use) => use.account === account)
      .reduce((sum, { topic }) => sum + (throughput.get(topic) ?? 0), 0) / brokers;
  const written = writers.filter(({ deadLetters }) => !deadLetters);
  return [
    { account, kind: "producer", needed: onBroker(written), limit: producerByteRate },
    { account, kind: "consumer", needed: onBroker(readers), limit: consumerByteRate },
  ];
}
