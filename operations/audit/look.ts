import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import type { Answers, BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import { brokerSettings } from "../../clients/kafka/observation/broker-settings.ts";
import { featureLevels } from "../../clients/kafka/observation/feature-levels.ts";
import { registeredBrokers } from "../../clients/kafka/observation/registered-brokers.ts";
import type { AuditParts, Seen } from "./audit-view.ts";

/** What is asked of the cluster; the rest stands in files and outputs. */
type LivePart = "acls" | "users" | "quotas" | "topics" | "brokers" | "releases";

export type LiveParts = { readonly [Part in LivePart]: Seen<AuditParts[Part]> };

/**
 * Looks at everything of a cluster that an audit judges. What is refused or does not answer costs its own
 * part only, which says so.
 *
 * @throws what is no fault of the cluster's
 */
export async function lookAtCluster(admin: KafkaAdmin, links: BrokerLinks): Promise<LiveParts> {
  const perBroker = seeBrokers(links);
  const [acls, users, quotas, topics] = await Promise.all([
    seen(admin.describeAcls()),
    seen(admin.listScramUsers()),
    seen(admin.describeQuotas(["user", "client-id", "ip"])),
    seeTopics(admin),
  ]);
  return { acls, users, quotas, topics, ...(await perBroker) };
}

async function seeTopics(admin: KafkaAdmin): Promise<Seen<AuditParts["topics"]>> {
  const described = await seen(admin.listTopics().then((names) => admin.describeTopics(names)));
  const refused = (described.value ?? []).flatMap((one) =>
    one instanceof KafkaAdminError ? [one.message] : [],
  );
  const value = described.value?.flatMap((one) =>
    one === undefined || one instanceof KafkaAdminError ? [] : [one],
  );
  return { value, missing: [...described.missing, ...refused] };
}

/** Each broker tells of itself. One that is registered and away has not been seen. */
async function seeBrokers(links: BrokerLinks): Promise<Pick<LiveParts, "brokers" | "releases">> {
  const deadline = links.deadline();
  const registered = await seen(registeredBrokers(links.any, deadline));
  if (registered.value === undefined) {
    const nothing = { value: undefined, missing: registered.missing };
    return { brokers: nothing, releases: nothing };
  }
  const { brokers } = registered.value;
  const there = brokers.filter(({ fenced }) => !fenced);
  const away = brokers
    .filter(({ fenced }) => fenced)
    .map(({ id }) => `broker ${String(id)} is registered, and away`);
  const [settings, features] = await Promise.all([
    links.ask(there, (link, { id }) => brokerSettings(link, id, deadline)),
    links.ask(there, (link) => featureLevels(link, deadline)),
  ]);
  return {
    brokers: collected(settings, away, ([id, own]) => ({ id, settings: own })),
    releases: collected(features, away, ([broker, own]) => ({ broker, features: own })),
  };
}

/** Where no broker has answered nothing was seen, which is not an empty list. */
function collected<T, Row>(
  { byBroker, problems }: Answers<T>,
  away: readonly string[],
  row: (entry: readonly [number, T]) => Row,
): Seen<readonly Row[]> {
  const missing = [
    ...away,
    ...problems.map(({ broker, error }) => `broker ${String(broker)}: ${error.message}`),
  ];
  if (byBroker.size === 0) return { value: undefined, missing: [...missing, "no broker answered"] };
  const rows = [...byBroker].sort(([one], [other]) => one - other).map(row);
  return { value: rows, missing };
}

/** What a request answered, or the sentence that says why it did not. */
async function seen<T>(request: Promise<T>): Promise<Seen<T>> {
  try {
    return { value: await request, missing: [] };
  } catch (error) {
    if (!(error instanceof KafkaAdminError)) throw error;
    return { value: undefined, missing: [error.message] };
  }
}
