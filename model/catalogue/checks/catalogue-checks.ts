import { CANARY_TOPIC, EXPORTER_ACCOUNT } from "../../observability/exporter-access.ts";
import { CLUSTER_ACCOUNT_NAMES } from "../../kubernetes/cluster-accounts.ts";
import { AUTHORITY } from "../../credentials/certificate-authority.ts";
import {
  KAFKA_UI_ACCOUNT,
  OPERATOR_ACCOUNT,
  PLATFORM_ACCOUNTS,
} from "../../credentials/platform-accounts.ts";
import { didYouMean, MISSPELT } from "../../values/spelling.ts";
import { ENVIRONMENTS } from "../../values/environment.ts";
import { inEnvironment, specFaults, topicSpec } from "../../topic/topic-spec.ts";
import type { CatalogueTopic, Declared, OwnedAccount, Target } from "../catalogue.ts";
import { MAX_TOPIC_NAME_LENGTH } from "../../values/kafka-limits.ts";

const RESERVED_ACCOUNTS = new Set<string>([
  ...Object.values(PLATFORM_ACCOUNTS),
  ...CLUSTER_ACCOUNT_NAMES,
  KAFKA_UI_ACCOUNT,
  EXPORTER_ACCOUNT,
  OPERATOR_ACCOUNT,
  AUTHORITY,
]);

/** A topic's name as Kafka's metrics write it. */
const inMetrics = (name: string): string => name.replaceAll(".", "_");
const sameInMetrics = (one: string, other: string): boolean => inMetrics(one) === inMetrics(other);

/** Names that are taken, too long, or not told apart: Kafka's metrics write a dot as an underscore. */
export function identityFaults(
  topics: readonly Declared<CatalogueTopic>[],
  accounts: readonly Declared<OwnedAccount>[],
): string[] {
  return [
    ...clashes("topic", topics, inMetrics),
    ...clashes("account", accounts, (name) => name),
    ...topics
      .filter(({ value }) => sameInMetrics(value.name, CANARY_TOPIC))
      .map(
        ({ value, file }) => `${file}: topics.${value.name}: the platform uses this name itself`,
      ),
    // A declared name keeps the limit; one with a suffix may not.
    ...topics
      .filter(({ value }) => value.name.length > MAX_TOPIC_NAME_LENGTH)
      .map(
        ({ value: { name }, file }) =>
          `${file}: topics.${name}: ${name.length} characters; wanted at most ${MAX_TOPIC_NAME_LENGTH}, Kafka's limit`,
      ),
    ...accounts
      .filter(({ value }) => RESERVED_ACCOUNTS.has(value.name))
      .map(
        ({ value, file }) => `${file}: accounts.${value.name}: the platform uses this name itself`,
      ),
  ];
}

function clashes(
  kind: string,
  all: readonly Declared<{ readonly name: string }>[],
  identity: (name: string) => string,
): string[] {
  const groups = Map.groupBy(all, ({ value }) => identity(value.name));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const places = group.map(({ value, file }) => `"${value.name}" in ${file}`).join(" and ");
      const isOneName = new Set(group.map(({ value }) => value.name)).size === 1;
      return isOneName
        ? `${kind} declared twice: ${places}`
        : `${kind}s not told apart in metrics, where '.' equals '_': ${places}`;
    });
}

/** Dead letter topics that a topic names, and that nobody declares. */
export function danglingDeadLetters(
  topics: readonly Declared<CatalogueTopic>[],
  known: readonly string[],
): string[] {
  return topics.flatMap(({ value: { name, deadLetter }, file }) =>
    deadLetter === undefined || known.includes(deadLetter)
      ? []
      : [
          `${file}: topics.${name}.deadLetter: topic "${deadLetter}" is declared nowhere; ${didYouMean(deadLetter, known, MISSPELT)}`,
        ],
  );
}

const ONE_BROKER_IN_PROD =
  "environment prod with 1 broker: its topics have 3 copies; wanted a cluster of kind kubernetes, " +
  "or environment dev or staging, where a topic on the only broker has one copy";

/** What each topic comes to, in every environment, or in the one of `target`. */
export function replicationFaults(
  topics: readonly Declared<CatalogueTopic>[],
  target?: Target,
): string[] {
  const environments = target ? [target.environment] : ENVIRONMENTS;
  // One sentence: it would be true of every topic.
  if (target?.environment === "prod" && target.brokers === 1) return [ONE_BROKER_IN_PROD];
  return topics.flatMap(({ value, file }) =>
    environments.flatMap((environment) => {
      const { minInsyncReplicas } = inEnvironment(value, environment);
      return specFaults(topicSpec(value, environment, target?.brokers), {
        ...target,
        minInsyncBy: minInsyncReplicas === undefined ? environment : undefined,
      }).map((fault) => `${file}: topics.${value.name}: in ${environment}: ${fault}`);
    }),
  );
}
