import * as docker from "@pulumi/docker";
import * as kafka from "@pulumi/kafka";
import * as pulumi from "@pulumi/pulumi";
import { ServiceAccount } from "./components/access/service-account.ts";
import { DockerBroker, platformPassword } from "./components/cluster/docker-broker.ts";
import { KafkaUi } from "./components/cluster/kafka-ui.ts";
import { KAFKA_UI_ACCOUNT, PLATFORM_ACCOUNTS } from "./components/settings/platform-accounts.ts";
import { ManagedTopic } from "./components/topic/managed-topic.ts";
import { topicSpec } from "./components/topic/topic-defaults.ts";
import { loadConfig, reported } from "./config.ts";
import { brokerImageContext } from "./images/context.ts";
import { loadCatalogue } from "./topics/catalogue.ts";

const { environment, protection, cluster, ui, stackSecret } = reported(loadConfig);
const catalogue = reported(loadCatalogue);
if (cluster.kind === "kubernetes") {
  throw new pulumi.RunError(
    'cluster.kind "kubernetes" is not available yet: this version provisions "docker" only',
  );
}

const onDocker = {
  provider: new docker.Provider("docker", cluster.host === undefined ? {} : { host: cluster.host }),
};
const { agentImage, baseImage, ...place } = cluster;
const broker = new DockerBroker(
  "broker",
  {
    ...place,
    image: { ...brokerImageContext(), baseImage, agentImage },
    stackSecret,
    volumeOptions: { protect: protection },
  },
  onDocker,
);

const kafkaProvider = new kafka.Provider(
  "kafka",
  {
    bootstrapServers: [...broker.bootstrapServers],
    tlsEnabled: broker.tlsEnabled,
    saslMechanism: "scram-sha512",
    saslUsername: PLATFORM_ACCOUNTS.admin,
    saslPassword: pulumi.secret(stackSecret.apply((secret) => platformPassword(secret, "admin"))),
  },
  { dependsOn: broker },
);
// What is declared in Kafka lives on the volume, so it goes with the volume, not with the container.
const inKafka = { provider: kafkaProvider, deletedWith: broker.volume };

for (const { name, owner, description, ...declared } of catalogue.topics) {
  const spec = topicSpec(declared, environment);
  const args = { topicName: name, spec, owner, description };
  new ManagedTopic(name, args, { ...inKafka, protect: protection });
}
const accounts = catalogue.accounts.map(
  ({ name, produces, consumes }) =>
    new ServiceAccount(
      name,
      { username: name, grants: { produces, consumes }, stackSecret },
      inKafka,
    ),
);

function kafkaUi() {
  const args = { username: KAFKA_UI_ACCOUNT, grants: { observes: true }, stackSecret };
  const account = new ServiceAccount(KAFKA_UI_ACCOUNT, args, inKafka);
  const { network, internalBootstrapServers: bootstrapServers } = broker;
  return new KafkaUi(
    "ui",
    { ...ui, name: place.name, network, bootstrapServers, account: account.login, stackSecret },
    { ...onDocker, dependsOn: account },
  );
}
const shown = ui.enabled ? kafkaUi() : undefined;

export const bootstrapServers = broker.bootstrapServers.join(",");
export const metrics = { url: broker.metricsUrl };
const login = shown ? { url: shown.url, username: shown.username, password: shown.password } : null;
export { login as ui };
const byUsername = accounts.map(({ login }) => [login.username, login] as const);
const handedOut: Record<string, ServiceAccount["login"]> = Object.fromEntries(byUsername);
export { handedOut as accounts };
