import * as docker from "@pulumi/docker";
import { brokerPartNames, DockerBroker, type DockerBrokerArgs } from "./docker-broker.ts";
import { adminCredentials } from "../../model/credentials/platform-credentials.ts";
import { KafkaUi } from "./kafka-ui.ts";
import { dockerObservability } from "../observability/docker/docker-observability.ts";
import { platformLogin } from "../kafka/platform-login.ts";
import type { Platform, PlatformArgs } from "../kafka/platform.ts";

export interface DockerPlatformArgs extends Omit<
  DockerBrokerArgs,
  "stackSecret" | "adminCredentials" | "policy" | "volumeOptions"
> {
  /** Address of the Docker daemon. @default DOCKER_HOST, else the local socket */
  readonly host?: string | undefined;
}

/** Logical name of the broker. */
const BROKER = "broker";

/** One broker in Docker on this machine. */
export function dockerPlatform(
  { host, ...cluster }: DockerPlatformArgs,
  { stackSecret, adminCredentials: admin, protect, unprotected, policy, ...beside }: PlatformArgs,
): Platform {
  const onDocker = { provider: new docker.Provider("docker", host === undefined ? {} : { host }) };
  const volumeOptions = {
    protect: protect && !unprotected.includes(brokerPartNames(BROKER).volume),
  };
  const shared = { stackSecret, adminCredentials: admin, policy, volumeOptions };
  const kafka = new DockerBroker(BROKER, { ...cluster, ...shared }, onDocker);
  const { network, internalBootstrapServers: bootstrapServers } = kafka;
  const { ui, observability: settings } = beside;
  const uiArgs = { ...ui, name: cluster.name, network, bootstrapServers, stackSecret };
  return {
    kafka,
    dataVolume: kafka.dataVolume,
    rotatable: { admin },
    logins: adminCredentials(admin).map((credential) => platformLogin(stackSecret, credential)),
    startUi: (account, opts) => new KafkaUi("ui", { ...uiArgs, account }, { ...opts, ...onDocker }),
    startObservability: (content, opts) =>
      beside.observabilityKind === "none"
        ? undefined
        : dockerObservability(
            { ...content, name: cluster.name, network, bootstrapServers, settings, stackSecret },
            { ...opts, ...onDocker },
          ),
    publishCredentials: () => undefined,
  };
}
