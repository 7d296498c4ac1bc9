import * as pulumi from "@pulumi/pulumi";
import { ManagedTopic } from "./components/kafka/managed-topic.ts";
import type { Login } from "./components/kafka/endpoint.ts";
import type { Platform } from "./components/kafka/platform.ts";
import { registered } from "./components/kafka/registered.ts";
import type {
  ObservabilityAccess,
  ObservabilityContent,
} from "./components/observability/observability-access.ts";
import { type DeclarationContext, unprotectedNames } from "./compose.ts";
import type { Config } from "./config.ts";
import { ruleFile } from "./model/alerting/rule-file.ts";
import type { Catalogue } from "./model/catalogue/catalogue.ts";
import { CANARY_RECORD, canarySpec } from "./model/observability/canary-topic.ts";
import { CANARY_TOPIC } from "./model/observability/exporter-access.ts";
import { exporterDeclarations } from "./model/observability/exporter-declarations.ts";
import { observabilityKind, runsExporter } from "./model/observability/observability-settings.ts";
import { kindOf } from "./model/stack/cluster-kinds.ts";

/** What watches the brokers, and what it is told of the catalogue. */

/** What is in Kafka when the watchers start. */
export interface Watched {
  readonly platform: Platform;
  readonly catalogue: Catalogue;
  /** Everything that is declared in Kafka. */
  readonly declared: readonly pulumi.Resource[];
  /** The exporter's account. @default there is no exporter */
  readonly exporter: (pulumi.Resource & { readonly login: Login }) | undefined;
}

/** Starts what watches the brokers, where the stack has that of its own. */
export async function startObservers(
  { platform, catalogue, declared, exporter }: Watched,
  context: DeclarationContext,
): Promise<ObservabilityAccess | undefined> {
  const { config } = context;
  const canary = exporter && createCanaryTopic(context);
  // A change that is refused must not have told them already what it would have brought.
  const afterDeclarations = async (): Promise<pulumi.Resource[]> => {
    await registered(declared);
    return exporter && canary ? [platform.kafka, exporter, canary] : [platform.kafka];
  };
  return platform.startObservability(
    {
      rules: rulesOf(catalogue, config),
      receiverSecrets: config.receiverSecrets,
      dashboards: await shownDashboards(config, catalogue),
      exporter: exporter && {
        account: exporter.login,
        declared: declaredForExporter(catalogue, config),
      },
    },
    { dependsOn: afterDeclarations() },
  );
}

/** The dashboards of the catalogue, where something shows them. */
async function shownDashboards(
  config: Config,
  catalogue: Catalogue,
): Promise<ObservabilityContent["dashboards"]> {
  const kind = observabilityKind(config);
  const grafana = config.cluster.kind === "docker" && config.observability.grafana.enabled;
  if (kind !== "operator" && !(kind === "bundled" && grafana)) return undefined;
  // Grafana's library takes a tenth of a second to load: only who shows dashboards waits for it.
  const { renderedDashboards } = await import("./model/dashboards/rendered-dashboards.ts");
  return renderedDashboards(catalogue);
}

/** Makes the topic of the exporter's canary. */
function createCanaryTopic({ config, today, inKafka }: DeclarationContext): ManagedTopic {
  const { environment, cluster, protection, approvals } = config;
  const spec = canarySpec(environment, cluster);
  const protect = protection && !unprotectedNames(approvals, today).includes(CANARY_TOPIC);
  return new ManagedTopic(
    CANARY_TOPIC,
    { topicName: CANARY_TOPIC, spec, ...CANARY_RECORD },
    { ...inKafka, protect },
  );
}

/** Rules of the catalogue's alerts. */
function rulesOf({ topics, accounts }: Catalogue, config: Config) {
  const { environment, cluster, observability, load } = config;
  const { name } = cluster;
  return ruleFile({
    ...{ cluster: name, environment, topics, accounts, load },
    brokers: kindOf(cluster).brokers(cluster),
    voters: cluster.kind === "docker" ? 1 : cluster.directoryIds.length,
    exporter: runsExporter(config),
    ownPrometheus: observabilityKind(config) === "bundled",
    runbookBase: observability.runbooks,
    stack: pulumi.getStack(),
    run: cluster.kind === "docker" ? { kind: cluster.kind, name } : cluster,
  });
}

/** What the exporter is told of the catalogue, for a stack that has one. */
const declaredForExporter = (catalogue: Catalogue, { environment, cluster, credentials }: Config) =>
  exporterDeclarations(catalogue, {
    environment,
    credentials,
    brokers: kindOf(cluster).brokers(cluster),
  });
