import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import { accessWarnings } from "./components/access/access-review.ts";
import { accountLogins, appliedCredentials } from "./components/access/account-outputs.ts";
import { platformCredential } from "./components/access/platform-credential.ts";
import { ServiceAccount } from "./components/access/service-account.ts";
import { userQuota } from "./components/access/user-quota.ts";
import { dockerPlatform } from "./components/cluster/docker-platform.ts";
import { kubernetesPlatform } from "./components/cluster/kubernetes-platform.ts";
import { isInForce, liftsProtection } from "./components/settings/approval.ts";
import { bundleWarnings } from "./components/settings/certificate-authority.ts";
import { KAFKA_UI_ACCOUNT, PLATFORM_ACCOUNTS } from "./components/settings/platform-accounts.ts";
import { liveCredentials } from "./components/settings/rotation.ts";
import { inEnvironment, topicSpec } from "./components/settings/topic-spec.ts";
import { ManagedTopic } from "./components/topic/managed-topic.ts";
import { loadConfig, reported } from "./config.ts";
import { changeGuards } from "./guards/change-guards.ts";
import { clusterGuards } from "./guards/cluster-guards.ts";
import { guardedCluster } from "./guards/guarded-cluster.ts";
import { brokerImageContext } from "./images/context.ts";
import { accountAccess } from "./topics/account-access.ts";
import { loadCatalogue } from "./topics/catalogue.ts";
import { DOMAINS } from "./topics/domains.ts";

const { stackSecret, cluster, environment, protection: protect, ...config } = reported(loadConfig);
const brokers = cluster.kind === "docker" ? 1 : cluster.brokers;
const catalogue = reported(() => loadCatalogue(DOMAINS, { environment, brokers }));

const owned = catalogue.accounts.map((one) => ({ ...accountAccess(one), owner: one.owner }));
const names = catalogue.topics.map(({ name }) => name);
for (const warning of accessWarnings(names, owned)) void pulumi.log.warn(warning);

const today = new Date();
if (cluster.kind === "kubernetes") {
  for (const warning of bundleWarnings(cluster.caCertificate, today)) {
    void pulumi.log.warn(`cluster.caCertificate: ${warning}`);
  }
}

const adminCredentials = liveCredentials(config.credentials, PLATFORM_ACCOUNTS.admin);
const policy = { environment, ...config.policy };
const unprotected = policy.approve
  .filter(({ change }) => change === "deletion" || change === "replacement")
  .filter((approval) => isInForce(approval, today))
  .map(({ resource }) => resource);
const shared = { stackSecret, adminCredentials, protect, unprotected, policy, ui: config.ui };
function platformOf() {
  if (cluster.kind === "kubernetes") {
    // Under mocks hooks hang.
    const hooks = pulumi.runtime.hasEngine() ? clusterGuards(guardedCluster(cluster)) : undefined;
    return kubernetesPlatform({ ...cluster, hooks }, shared);
  }
  const { baseImage, agentImage } = cluster;
  const image = { ...brokerImageContext(), baseImage, agentImage };
  return dockerPlatform({ ...cluster, image }, shared);
}
const platform = platformOf();
const endpoint = platform.kafka;

const kafkaProvider = new kafka.Provider(
  "kafka",
  {
    bootstrapServers: [...endpoint.bootstrapServers],
    tlsEnabled: endpoint.tlsEnabled,
    ...(endpoint.caCertificate === undefined ? {} : { caCert: endpoint.caCertificate }),
    saslMechanism: endpoint.admin.mechanism === "SCRAM-SHA-512" ? "scram-sha512" : "scram-sha256",
    saslUsername: endpoint.admin.username,
    saslPassword: endpoint.admin.password,
  },
  { dependsOn: endpoint },
);
// What is declared in Kafka lives on the volume, so it goes with the volume, not with the broker.
const inKafka = { provider: kafkaProvider, deletedWith: platform.data };
for (const login of platform.logins) platformCredential(login, inKafka);

const guards = protect && pulumi.runtime.hasEngine() ? changeGuards(endpoint, today) : undefined;
for (const topic of catalogue.topics) {
  const { name, owner, description, classification, guarded, retire } = topic;
  const spec = topicSpec(topic, environment);
  const { waivers, approve } = inEnvironment(topic, environment);
  const consent = { approve, retire };
  const said = { owner, description, classification, guarded, waivers, ...consent };
  const hooks = guards?.topic(name, consent);
  new ManagedTopic(
    name,
    { topicName: name, spec, ...said, hooks },
    { ...inKafka, protect: protect && !liftsProtection(consent, today), ...(hooks && { hooks }) },
  );
}
const accounts = catalogue.accounts.map((declared) => {
  const protectLogins = protect && !liftsProtection(declared, today);
  const args = { ...accountAccess(declared, config.credentials), protectLogins, stackSecret };
  const hooks = guards?.account(declared.name, declared);
  const account = new ServiceAccount(declared.name, args, { ...inKafka, ...(hooks && { hooks }) });
  platform.handOut(account, { dependsOn: account });
  return account;
});
if (config.defaultQuota) userQuota(undefined, config.defaultQuota, inKafka);

function kafkaUiAccount(): ServiceAccount {
  const username = KAFKA_UI_ACCOUNT;
  const credentials = liveCredentials(config.credentials, username);
  const args = { username, credentials, grants: { observes: true }, stackSecret };
  return new ServiceAccount(username, args, inKafka);
}
const observer = config.ui.enabled ? kafkaUiAccount() : undefined;
const ui = observer && platform.startUi(observer.login, { dependsOn: observer });

export const bootstrapServers = endpoint.bootstrapServers.join(",");
export const tlsEnabled = endpoint.tlsEnabled;
// Null and not undefined: Pulumi warns of an output without a value.
export const caCertificate = endpoint.caCertificate ?? null;
export const metrics = { url: endpoint.metricsUrls[0], urls: endpoint.metricsUrls };
export const admin = endpoint.admin;
const uiLogin = ui ? { url: ui.url, username: ui.username, password: ui.password } : null;
const logins = accountLogins(endpoint, accounts);
const rotatable = observer ? [...accounts, observer] : accounts;
export const credentials = appliedCredentials(rotatable, platform.rotatable);
export { logins as accounts, uiLogin as ui };
