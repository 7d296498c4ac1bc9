import type { Catalogue, CatalogueTopic } from "../catalogue/catalogue.ts";
import { declaredConsumptions } from "../catalogue/consumptions.ts";
import { type LiveCredentials, liveCredentials } from "../credentials/rotation.ts";
import { topicSpec } from "../topic/topic-spec.ts";
import type { Environment } from "../values/environment.ts";
import { isoDay } from "../values/iso-day.ts";
import type { ExporterConfigFile } from "./exporter-config.ts";

type Declared = NonNullable<ExporterConfigFile["declared"]>;

/** Where the catalogue applies. */
interface Where {
  readonly environment: Environment;
  readonly brokers: number;
  /** What accounts log in with that have been rotated. */
  readonly credentials: Readonly<Record<string, LiveCredentials>>;
}

/** What the exporter is told of the catalogue: whose each topic, group and credential is, and what is expected of it. */
export function exporterDeclarations(catalogue: Catalogue, where: Where): Declared {
  const { topics, accounts } = catalogue;
  const originOf = new Map(
    topics.flatMap(({ name, deadLetter }) => (deadLetter ? [[deadLetter, name]] : [])),
  );
  return {
    topics: topics.map((topic) => declaredTopic(topic, originOf.get(topic.name), where)),
    groups: declaredConsumptions(catalogue).map(({ group, topic, owner, budget }) => ({
      ...{ group, topic, owner },
      // A budget of records is for the rules alone: the page and the figures are of time.
      ...(budget.milliseconds !== undefined && { lagBudgetSeconds: budget.milliseconds / 1000 }),
    })),
    credentials: accounts.flatMap(({ name, owner, mechanism, rotateAfter }) => {
      const [{ since }] = liveCredentials(where.credentials, name, mechanism);
      if (rotateAfter === undefined || since === undefined) return [];
      return [{ account: name, owner, due: isoDay(new Date(Date.parse(since) + rotateAfter)) }];
    }),
  };
}

function declaredTopic(
  topic: CatalogueTopic,
  origin: string | undefined,
  { environment, brokers }: Where,
): NonNullable<Declared["topics"]>[number] {
  const { config } = topicSpec(topic, environment, brokers);
  const retention = Number(config["retention.ms"]);
  const kept = config["cleanup.policy"]?.includes("delete") === true && retention > 0;
  return {
    name: topic.name,
    owner: topic.owner,
    minInsyncReplicas: Number(config["min.insync.replicas"]),
    ...(kept && { retentionMs: retention }),
    ...(origin !== undefined && { deadLettersOf: origin }),
    ...(topic.deadLetter !== undefined && { errorsTo: topic.deadLetter }),
  };
}
