import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { DATA_MOUNT, singleBrokerProperties } from "../../model/broker/broker-properties.ts";
import {
  BROKER_HOST,
  CLIENT_PORT,
  dockerListeners,
  INTERNAL_PORT,
  METRICS_PORT,
} from "../../model/broker/listeners.ts";
import { heapOptions } from "../../model/broker/memory.ts";
import { derivePassword } from "../../model/credentials/credentials.ts";
import type { LiveCredentials } from "../../model/credentials/rotation.ts";
import {
  brokerSecretFiles,
  renderProperties,
  SECRETS_FOLDER,
} from "../../model/broker/secret-files.ts";
import type { PolicyFacts } from "../../model/stack/policy-facts.ts";
import {
  containerDefaults,
  containerOptions,
  dockerLabels,
  secretFile,
} from "./docker-container.ts";
import type { KafkaEndpoint, Login } from "../kafka/endpoint.ts";
import { adminLogin } from "../kafka/platform-login.ts";
import { MIB } from "../../model/values/units.ts";

export interface DockerBrokerArgs {
  /** Prefix of the container, network, volume and image names on the Docker host. */
  readonly name: string;
  /** Loopback port for clients. */
  readonly clientPort: number;
  /** Loopback port of the metrics. */
  readonly metricsPort: number;
  /** Memory limit of the container in bytes; half of it is heap. */
  readonly memory: number;
  /** What the broker image is built from. */
  readonly image: BrokerImageArgs;
  /** Kafka's cluster id; without it one is made when the volume is formatted, and stays. */
  readonly clusterId?: string | undefined;
  /** Recorded for policies, and used for nothing. */
  readonly policy?: PolicyFacts | undefined;
  /** What every password of the stack is derived from. */
  readonly stackSecret: pulumi.Input<string>;
  /** What the admin may log in with. */
  readonly adminCredentials: LiveCredentials;
  /** Options of the volume alone: protection belongs where the records are. */
  readonly volumeOptions?: pulumi.CustomResourceOptions;
}

export interface BrokerImageArgs {
  /** Build context: folder with the Dockerfile. */
  readonly context: string;
  /** Hash of the context's files; another hash is another image. */
  readonly contextHash: string;
  readonly baseImage: string;
  readonly agentImage?: string | undefined;
}

/** Logical names of what a broker is made of, by that of its component. */
export const brokerPartNames = (name: string) => ({
  network: `${name}-network`,
  volume: `${name}-data`,
  image: `${name}-image`,
});

const HEALTHY_WITHIN_SECONDS = 120;
/** Closing the logs of many partitions takes longer than Docker's ten seconds. */
const STOP_WITHIN_SECONDS = 60;

/**
 * One Kafka broker in Docker on this machine, secured as a big one is: SCRAM, deny by default, ports
 * on loopback only. Its records are on a volume of their own and outlive the container.
 */
export class DockerBroker extends pulumi.ComponentResource implements KafkaEndpoint {
  readonly bootstrapServers: readonly string[];
  readonly tlsEnabled = false;
  /** For containers on {@link network}. */
  readonly internalBootstrapServers: readonly string[];
  readonly metricsUrls: readonly string[];
  readonly admin: Login;
  readonly network: docker.Network;
  /** Everything declared in Kafka lives, and dies, with this volume. */
  readonly dataVolume: docker.Volume;

  constructor(name: string, args: DockerBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    const properties = singleBrokerProperties(dockerListeners(args.clientPort));
    // Recorded for policies: the file itself is among the secret ones.
    super("kafka-platform:cluster:DockerBroker", name, { ...args.policy, properties }, opts);
    const logical = brokerPartNames(name);
    const labels = dockerLabels(args.name);

    this.network = new docker.Network(
      logical.network,
      { name: args.name, labels },
      { parent: this },
    );
    this.dataVolume = new docker.Volume(
      logical.volume,
      { name: `${args.name}-data`, labels },
      pulumi.mergeOptions(args.volumeOptions, { parent: this }),
    );
    const image = new docker.RemoteImage(logical.image, imageArgs(args), { parent: this });
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "broker"),
        image: image.imageId,
        user: "1000",
        memory: args.memory / MIB,
        // Equal to the limit: no swap. A heap that swaps stalls for seconds.
        memorySwap: args.memory / MIB,
        envs: [
          `KAFKA_HEAP_OPTS=${heapOptions(args.memory)}`,
          "QUORUM_MODE=standalone",
          ...(args.clusterId === undefined ? [] : [`CLUSTER_ID=${args.clusterId}`]),
        ],
        ports: [
          { internal: CLIENT_PORT, external: args.clientPort, ip: "127.0.0.1" },
          { internal: METRICS_PORT, external: args.metricsPort, ip: "127.0.0.1" },
        ],
        networksAdvanced: [{ name: this.network.name, aliases: [BROKER_HOST] }],
        volumes: [{ volumeName: this.dataVolume.name, containerPath: DATA_MOUNT }],
        uploads: uploads(args, properties),
        healthcheck: {
          tests: ["CMD", "/opt/kafka-platform/healthcheck.sh"],
          interval: "3s",
          timeout: "20s",
          retries: 3,
          startPeriod: "1m0s",
        },
        wait: true,
        waitTimeout: HEALTHY_WITHIN_SECONDS,
        destroyGraceSeconds: STOP_WITHIN_SECONDS,
        stopTimeout: STOP_WITHIN_SECONDS,
      },
      { parent: this, ...containerOptions },
    );

    this.bootstrapServers = [`127.0.0.1:${args.clientPort}`];
    this.internalBootstrapServers = [`${BROKER_HOST}:${INTERNAL_PORT}`];
    this.admin = adminLogin(args.stackSecret, args.adminCredentials);
    this.metricsUrls = [`http://127.0.0.1:${args.metricsPort}/metrics`];
    this.registerOutputs({
      bootstrapServers: this.bootstrapServers,
      metricsUrls: this.metricsUrls,
    });
  }
}

function imageArgs({ name, image }: DockerBrokerArgs): docker.RemoteImageArgs {
  return {
    name: `${name}/broker:${image.contextHash.slice(0, 12)}`,
    build: {
      context: image.context,
      buildArgs: {
        BASE_IMAGE: image.baseImage,
        ...(image.agentImage === undefined ? {} : { AGENT_IMAGE: image.agentImage }),
      },
    },
    triggers: { context: image.contextHash, base: image.baseImage },
    // Building is the slow part, and the next start wants it again.
    keepLocally: true,
  };
}

function uploads(
  args: DockerBrokerArgs,
  properties: Readonly<Record<string, string>>,
): pulumi.Input<docker.types.input.ContainerUpload[]> {
  const content = renderProperties(properties);
  return pulumi
    .output(args.stackSecret)
    .apply((stackSecret) => [
      { file: "/etc/kafka-platform/broker.properties", content, permissions: "0444" },
      ...Object.entries(
        brokerSecretFiles((purpose) => derivePassword(stackSecret, purpose), args.adminCredentials),
      ).map(([file, content]) => secretFile(`${SECRETS_FOLDER}/${file}`, content)),
    ]);
}
