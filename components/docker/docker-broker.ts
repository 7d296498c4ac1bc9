import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import {
  DATA_MOUNT,
  type OwnProperties,
  singleBrokerProperties,
} from "../../model/broker/broker-properties.ts";
import type { TieredStorage } from "../../model/broker/tiered-storage.ts";
import {
  BROKER_HOST,
  CLIENT_PORT,
  dockerListeners,
  INTERNAL_PORT,
  METRICS_PORT,
} from "../../model/broker/listeners.ts";
import { KAFKA_BASE_IMAGE } from "../../model/broker/versions.ts";
import { heapOptions } from "../../model/broker/memory.ts";
import { derivePassword } from "../../model/credentials/credentials.ts";
import { PLATFORM_ACCOUNTS } from "../../model/credentials/platform-accounts.ts";
import { type LiveCredentials, liveCredentials } from "../../model/credentials/rotation.ts";
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
  /** Loopback port for clients. @default 9092 */
  readonly clientPort?: number | undefined;
  /** Loopback port of the metrics. @default 9404 */
  readonly metricsPort?: number | undefined;
  /** Memory limit of the container in bytes, whole MiB; half of it is heap. */
  readonly memory: number;
  /** What the broker image is built from. */
  readonly image: BrokerImageArgs;
  /** Kafka's cluster id. @default made when the volume is first formatted; it stays */
  readonly clusterId?: string | undefined;
  /** Broker properties of the stack's own by Kafka's names, already judged. @default none */
  readonly properties?: OwnProperties | undefined;
  /** Where the broker keeps older segments. @default it keeps all itself */
  readonly tieredStorage?: TieredStorage | undefined;
  /** Recorded for policies, and used for nothing. @default nothing is recorded */
  readonly policy?: PolicyFacts | undefined;
  /** What every password of the stack is derived from: 32 or more letters and digits. */
  readonly stackSecret: pulumi.Input<string>;
  /** What the admin may log in with. @default one SCRAM-SHA-512 credential of generation 1 */
  readonly adminCredentials?: LiveCredentials | undefined;
  /** Options of the volume alone: protection belongs where the records are. @default none */
  readonly volumeOptions?: pulumi.CustomResourceOptions;
}

export interface BrokerImageArgs {
  /** Build context: the folder `images/kafka`, as the engine finds it from the program's. */
  readonly context: string;
  /** Hash of the context's files, 12 or more characters; another hash is another image. */
  readonly contextHash: string;
  /** Image with Java, bash and Kafka in /opt/kafka. @default `apache/kafka` in the pinned version */
  readonly baseImage?: string | undefined;
  /** Image that holds the JMX exporter's agent. @default the one that the Dockerfile names */
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
 * on loopback only. Its records are on a volume of their own and outlive the container. Needs the
 * provider `docker`.
 *
 * @example
 * const broker = new DockerBroker("broker", {
 *   name: "shop",
 *   memory: 2 ** 30,
 *   image: { context: "images/kafka", contextHash },
 *   stackSecret: config.requireSecret("stackSecret"),
 * });
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
    const { clientPort = CLIENT_PORT, metricsPort = METRICS_PORT } = args;
    const admin = args.adminCredentials ?? liveCredentials({}, PLATFORM_ACCOUNTS.admin);
    const listeners = dockerListeners(clientPort);
    const properties = singleBrokerProperties({ ...args, listeners });
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
          { internal: CLIENT_PORT, external: clientPort, ip: "127.0.0.1" },
          { internal: METRICS_PORT, external: metricsPort, ip: "127.0.0.1" },
        ],
        networksAdvanced: [{ name: this.network.name, aliases: [BROKER_HOST] }],
        volumes: [{ volumeName: this.dataVolume.name, containerPath: DATA_MOUNT }],
        uploads: uploads(args.stackSecret, admin, properties),
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

    this.bootstrapServers = [`127.0.0.1:${clientPort}`];
    this.internalBootstrapServers = [`${BROKER_HOST}:${INTERNAL_PORT}`];
    this.admin = adminLogin(args.stackSecret, admin);
    this.metricsUrls = [`http://127.0.0.1:${metricsPort}/metrics`];
    this.registerOutputs({
      bootstrapServers: this.bootstrapServers,
      metricsUrls: this.metricsUrls,
    });
  }
}

function imageArgs({ name, image }: DockerBrokerArgs): docker.RemoteImageArgs {
  const { baseImage = KAFKA_BASE_IMAGE } = image;
  return {
    name: `${name}/broker:${image.contextHash.slice(0, 12)}`,
    build: {
      context: image.context,
      buildArgs: {
        BASE_IMAGE: baseImage,
        ...(image.agentImage === undefined ? {} : { AGENT_IMAGE: image.agentImage }),
      },
    },
    triggers: { context: image.contextHash, base: baseImage },
    // Building is the slow part, and the next start wants it again.
    keepLocally: true,
  };
}

function uploads(
  stackSecret: pulumi.Input<string>,
  admin: LiveCredentials,
  properties: Readonly<Record<string, string>>,
): pulumi.Input<docker.types.input.ContainerUpload[]> {
  const content = renderProperties(properties);
  return pulumi
    .output(stackSecret)
    .apply((secret) => [
      { file: "/etc/kafka-platform/broker.properties", content, permissions: "0444" },
      ...Object.entries(brokerSecretFiles((purpose) => derivePassword(secret, purpose), admin)).map(
        ([file, content]) => secretFile(`${SECRETS_FOLDER}/${file}`, content),
      ),
    ]);
}
