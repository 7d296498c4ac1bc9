import * as pulumi from "@pulumi/pulumi";
import { dockerPlatform } from "./components/docker/docker-platform.ts";
import { ManagedTopic } from "./components/kafka/managed-topic.ts";
import type { ObservabilityContent } from "./components/observability/observability-access.ts";
import type { Platform, PlatformArgs } from "./components/kafka/platform.ts";
import { ServiceAccount } from "./components/kafka/service-account.ts";
import { clientQuota, userQuota } from "./components/kafka/user-quota.ts";
import { kubernetesPlatform } from "./components/kubernetes/kubernetes-platform.ts";
import type { Config, KubernetesClusterConfig } from "./config.ts";
import type { ChangeGuards } from "./guards/change-guards.ts";
import { clusterGuards } from "./guards/cluster-guards.ts";
import { guardedCluster } from "./guards/guarded-cluster.ts";
import { clusterPartsGuard } from "./guards/cluster-parts-guard.ts";
import { oneWayChangeGuard } from "./guards/one-way-change-guard.ts";
import { brokerImageContext } from "./images/context.ts";
import { liftsProtection, type StackApproval } from "./model/agreements/approval.ts";
import { ADMIN_QUOTA, EVERY_CLIENT, exemptFrom, type QuotaLimits } from "./model/access/quotas.ts";
import { ruleFile } from "./model/alerting/rule-file.ts";
import { accountAccess } from "./model/catalogue/account-access.ts";
import type { Catalogue, CatalogueAccount, CatalogueTopic } from "./model/catalogue/catalogue.ts";
import { bundleWarnings } from "./model/credentials/certificate-authority.ts";
import { CANARY_RECORD, canarySpec } from "./model/observability/canary-topic.ts";
import { CANARY_TOPIC } from "./model/observability/exporter-access.ts";
import { exporterDeclarations } from "./model/observability/exporter-declarations.ts";
import { OWN_ACCOUNTS, ownAccountsOf } from "./model/stack/own-accounts.ts";
import { PLATFORM_ACCOUNTS } from "./model/credentials/platform-accounts.ts";
import { liveCredentials } from "./model/credentials/rotation.ts";
import { inEnvironment, topicSpec } from "./model/topic/topic-spec.ts";
import { observabilityKind, runsExporter } from "./model/observability/observability-settings.ts";
import { reasonOf } from "./model/topic/topic-partitions.ts";
import { isInForce } from "./model/agreements/agreement.ts";
import { recordedWaivers } from "./model/agreements/waiver.ts";
import { kindOf } from "./model/stack/cluster-kinds.ts";
import type { PolicyFacts } from "./model/stack/policy-facts.ts";

/** How configuration and declarations become components: the only place that knows both sides. */

/** What declarations are made with, besides what they say. */
export interface DeclarationContext {
  readonly config: Config;
  /** Day on which approvals are judged. */
  readonly today: Date;
  /** Where what is declared in Kafka belongs. */
  readonly inKafka: pulumi.CustomResourceOptions;
  /** What looks at changes. @default nothing is refused */
  readonly guards?: ChangeGuards | undefined;
}

/** Makes the cluster that a configuration asks for, and what stands beside it. */
export function createPlatform(config: Config, today: Date): Platform {
  const { stackSecret, cluster, protection: protect, credentials, ui, observability } = config;
  const shared: PlatformArgs = {
    stackSecret,
    protect,
    ui,
    observability,
    observabilityKind: observabilityKind(config),
    adminCredentials: liveCredentials(credentials, PLATFORM_ACCOUNTS.admin),
    unprotected: unprotectedNames(config.approvals, today),
    policy: policyFacts(config),
  };
  if (cluster.kind === "kubernetes") {
    for (const warning of bundleWarnings(cluster.caCertificate, today)) {
      void pulumi.log.warn(`cluster.caCertificate: ${warning}`);
    }
    return kubernetesPlatform({ ...cluster, hooks: clusterHooks(cluster, config, today) }, shared);
  }
  const { baseImage, agentImage } = cluster;
  const image = { ...brokerImageContext(), baseImage, agentImage };
  return dockerPlatform({ ...cluster, image }, shared);
}

/** The dashboards of the catalogue, where something shows them. */
export async function shownDashboards(
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

/** Makes the topic that a declaration means in the environment of the stack. */
export function createTopic(topic: CatalogueTopic, context: DeclarationContext): ManagedTopic {
  const { config, today, inKafka, guards } = context;
  const { environment, protection, cluster } = config;
  const { name, owner, description, classification, guarded, retire } = topic;
  const spec = topicSpec(topic, environment, kindOf(cluster).brokers(cluster));
  const { waivers, approve, partitions } = inEnvironment(topic, environment);
  const consent = { approve, retire };
  const hooks = guards?.topic(name, consent);
  const protect = protection && !liftsProtection(consent, today);
  const recorded = {
    owner,
    description,
    classification,
    guarded,
    partitionsReason: reasonOf(partitions),
    waivers: recordedWaivers(waivers),
    ...consent,
  };
  return new ManagedTopic(
    name,
    { topicName: name, spec, ...recorded, hooks },
    { ...inKafka, protect, ...(hooks && { hooks }) },
  );
}

/** Makes the account that a declaration means: its logins, its rights, its quota. */
export function createAccount(
  declared: CatalogueAccount,
  { config, today, inKafka, guards }: DeclarationContext,
): ServiceAccount {
  const { protection, stackSecret } = config;
  const protectLogins = protection && !liftsProtection(declared, today);
  const hooks = guards?.account(declared.name, declared);
  return new ServiceAccount(
    declared.name,
    { ...accountAccess(declared, config), protectLogins, stackSecret },
    { ...inKafka, ...(hooks && { hooks }) },
  );
}

/** Limits client ids; `*` stands for all that are not named. */
export function createClientQuotas(
  quotas: Readonly<Record<string, QuotaLimits>>,
  inKafka: pulumi.CustomResourceOptions,
): void {
  for (const [id, limits] of Object.entries(quotas)) {
    clientQuota(id === EVERY_CLIENT ? undefined : id, limits, inKafka);
  }
}

/** Limits whoever has no quota of its own, the program itself not: its exception comes first. */
export function createDefaultQuota(
  limits: QuotaLimits,
  inKafka: pulumi.CustomResourceOptions,
): void {
  const dependsOn = exemptFrom(limits).map((user) => userQuota(user, ADMIN_QUOTA, inKafka));
  userQuota(undefined, limits, { ...inKafka, dependsOn });
}

/** Makes the accounts that what the program starts looks at Kafka with, by name: of the UI, of the exporter. */
export function createOwnAccounts({ config, inKafka }: DeclarationContext) {
  const { stackSecret } = config;
  return new Map(
    ownAccountsOf(config).map((username) => {
      const credentials = liveCredentials(config.credentials, username);
      const grants = OWN_ACCOUNTS[username]?.grants ?? {};
      const args = { username, credentials, grants, stackSecret };
      return [username, new ServiceAccount(username, args, inKafka)] as const;
    }),
  );
}

/** Makes the topic of the exporter's canary. */
export function createCanaryTopic({ config, today, inKafka }: DeclarationContext): ManagedTopic {
  const { environment, cluster, protection, approvals } = config;
  const spec = canarySpec(environment, cluster);
  const protect = protection && !unprotectedNames(approvals, today).includes(CANARY_TOPIC);
  return new ManagedTopic(
    CANARY_TOPIC,
    { topicName: CANARY_TOPIC, spec, ...CANARY_RECORD },
    { ...inKafka, protect },
  );
}

/** Rules of the catalogue's alerts, and what their receivers are told them with. */
export function alerting({ topics, accounts }: Catalogue, config: Config) {
  const { environment, cluster, observability, load, receiverSecrets } = config;
  const { name } = cluster;
  const rules = ruleFile({
    ...{ cluster: name, environment, topics, accounts, load },
    brokers: kindOf(cluster).brokers(cluster),
    voters: cluster.kind === "docker" ? 1 : cluster.directoryIds.length,
    exporter: runsExporter(config),
    ownPrometheus: observabilityKind(config) === "bundled",
    runbookBase: observability.runbooks,
    stack: pulumi.getStack(),
    run: cluster.kind === "docker" ? { kind: cluster.kind, name } : cluster,
  });
  return { rules, receiverSecrets };
}

/** What the exporter is told of the catalogue, for a stack that has one. */
export const declaredForExporter = (
  catalogue: Catalogue,
  { environment, cluster, credentials }: Config,
) =>
  exporterDeclarations(catalogue, {
    environment,
    credentials,
    brokers: kindOf(cluster).brokers(cluster),
  });

/** What the cluster's component records for the policies, and for the report. */
const policyFacts = ({ environment, policy, approvals }: Config): PolicyFacts => ({
  environment,
  waivers: recordedWaivers(policy.waivers) ?? [],
  approve: approvals,
});

/** Logical names of what may go, or be made anew, because somebody has agreed to it. */
const unprotectedNames = (approvals: readonly StackApproval[], today: Date): string[] =>
  approvals
    .filter(({ change }) => change === "deletion" || change === "replacement")
    .filter((approval) => isInForce(approval, today))
    .map(({ resource }) => resource);

function clusterHooks(
  cluster: KubernetesClusterConfig,
  { protection, approvals }: Pick<Config, "protection" | "approvals">,
  today: Date,
) {
  const approved = protection
    ? {
        parts: clusterPartsGuard(approvals, today),
        oneWayChanges: oneWayChangeGuard(approvals, today),
      }
    : undefined;
  return clusterGuards(guardedCluster(cluster), approved);
}
