import * as docker from "@pulumi/docker";
import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import { clientFiles } from "./components/access/client-files.ts";
import { ServiceAccount } from "./components/access/service-account.ts";
import { userQuota } from "./components/access/user-quota.ts";
import { DockerBroker } from "./components/cluster/docker-broker.ts";
import { KafkaUi } from "./components/cluster/kafka-ui.ts";
import { KAFKA_UI_ACCOUNT } from "./components/settings/platform-accounts.ts";
import { liveCredentials } from "./components/settings/rotation.ts";
import { topicSpec } from "./components/settings/topic-spec.ts";
import { ManagedTopic } from "./components/topic/managed-topic.ts";
import { loadConfig, reported } from "./config.ts";
import { brokerImageContext } from "./images/context.ts";
import { accountAccess } from "./topics/account-access.ts";
import { loadCatalogue } from "./topics/catalogue.ts";
import { DOMAINS } from "./topics/domains.ts";

const { stackSecret, ...config } = reported(loadConfig);
if (config.cluster.kind === "kubernetes") {
  throw new pulumi.RunError(
    'cluster.kind "kubernetes" is not available yet: this version provisions "docker" only',
  );
}
const target = { environment: config.environment, brokers: 1 };
const catalogue = reported(() => loadCatalogue(DOMAINS, target));
const { host, baseImage, agentImage, ...cluster } = config.cluster;
const image = { ...brokerImageContext(), baseImage, agentImage };
const protect = config.protection;

const onDocker = { provider: new docker.Provider("docker", host === undefined ? {} : { host }) };
const volumeOptions = { protect };
const broker = new DockerBroker(
  "broker",
  { ...cluster, image, stackSecret, volumeOptions },
  onDocker,
);

const kafkaProvider = new kafka.Provider(
  "kafka",
  {
    bootstrapServers: [...broker.bootstrapServers],
    tlsEnabled: broker.tlsEnabled,
    saslMechanism: "scram-sha512",
    saslUsername: broker.admin.username,
    saslPassword: broker.admin.password,
  },
  { dependsOn: broker },
);
// What is declared in Kafka lives on the volume, so it goes with the volume, not with the container.
const inKafka = { provider: kafkaProvider, deletedWith: broker.volume };

for (const topic of catalogue.topics) {
  const { name, owner, description, classification, guarded } = topic;
  const spec = topicSpec(topic, config.environment);
  const args = { topicName: name, spec, owner, description, classification, guarded };
  new ManagedTopic(name, args, { ...inKafka, protect });
}
const accounts = catalogue.accounts.map((declared) => {
  const args = { ...accountAccess(declared, config.credentials), stackSecret };
  return new ServiceAccount(declared.name, args, inKafka);
});
if (config.defaultQuota) userQuota(undefined, config.defaultQuota, inKafka);

function kafkaUiAccount(): ServiceAccount {
  const username = KAFKA_UI_ACCOUNT;
  const credentials = liveCredentials(config.credentials, username);
  const args = { username, credentials, grants: { observes: true }, stackSecret };
  return new ServiceAccount(username, args, inKafka);
}

function kafkaUi(observer: ServiceAccount): KafkaUi {
  const { network, internalBootstrapServers: bootstrapServers } = broker;
  const reach = { network, bootstrapServers, account: observer.login };
  const args = { ...config.ui, name: cluster.name, ...reach, stackSecret };
  return new KafkaUi("ui", args, { ...onDocker, dependsOn: observer });
}
const observer = config.ui.enabled ? kafkaUiAccount() : undefined;
const ui = observer && kafkaUi(observer);

export const bootstrapServers = broker.bootstrapServers.join(",");
export const tlsEnabled = broker.tlsEnabled;
export const metrics = { url: broker.metricsUrl };
export const admin = broker.admin;
const uiLogin = ui ? { url: ui.url, username: ui.username, password: ui.password } : null;
const logins = Object.fromEntries(
  accounts.map((account) => {
    const { login, consumerGroups } = account;
    return [login.username, { ...login, consumerGroups, ...clientFiles(broker, account) }];
  }),
);
const rotatable = observer ? [...accounts, observer] : accounts;
export const credentials = Object.fromEntries(
  rotatable.map((account) => [account.login.username, account.credentials]),
);
export { logins as accounts, uiLogin as ui };
