import * as pulumi from "@pulumi/pulumi";
import { dockerPlatform } from "./components/docker/docker-platform.ts";
import { ManagedTopic } from "./components/kafka/managed-topic.ts";
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
import { TopicsOfAccounts } from "./model/catalogue/account-topics.ts";
import { accountAccess } from "./model/catalogue/account-access.ts";
import type { Catalogue, CatalogueAccount, CatalogueTopic } from "./model/catalogue/catalogue.ts";
import { bundleWarnings } from "./model/credentials/certificate-authority.ts";
import { OWN_ACCOUNTS, ownAccountsOf } from "./model/stack/own-accounts.ts";
import { PLATFORM_ACCOUNTS } from "./model/credentials/platform-accounts.ts";
import { liveCredentials } from "./model/credentials/rotation.ts";
import { inEnvironment, topicSpec } from "./model/topic/topic-spec.ts";
import { observabilityKind } from "./model/observability/observability-settings.ts";
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
function createAccount(
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

/** Makes every account that is declared, and puts its connection where its clients run. */
export function createClients(
  { accounts, topics }: Catalogue,
  platform: Platform,
  context: DeclarationContext,
) {
  const { environment } = context.config;
  const topicsOf = new TopicsOfAccounts(topics, environment);
  return accounts.map((declared) => {
    const account = createAccount(declared, context);
    const { login, consumerGroups, credentials, inKafka } = account;
    const client = { login, consumerGroups, topics: topicsOf.of(declared), environment };
    platform.publishCredentials(client, declared.owner, { dependsOn: account });
    return { ...client, credentials, inKafka };
  });
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

/** What the cluster's component records for the policies, and for the report. */
const policyFacts = ({ environment, policy, approvals }: Config): PolicyFacts => ({
  environment,
  waivers: recordedWaivers(policy.waivers) ?? [],
  approve: approvals,
});

/** Logical names of what may go, or be made anew, because somebody has agreed to it. */
export const unprotectedNames = (approvals: readonly StackApproval[], today: Date): string[] =>
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
