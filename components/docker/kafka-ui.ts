import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { UI_CONFIG_FILE, UI_SAFEGUARDS } from "../../model/broker/ui-config.ts";
import { containerDefaults, containerOptions, secretFile } from "./docker-container.ts";
import type { Login } from "../kafka/endpoint.ts";
import { UI_USERNAME, type UiAccess, uiConfigFile, uiPassword } from "../kafka/kafka-ui-access.ts";

export interface KafkaUiArgs {
  /** Prefix of the container's name. */
  readonly name: string;
  /** Image of Kafka UI, by tag or digest. */
  readonly image: string;
  /** Loopback port. */
  readonly port: number;
  /** Network on which the brokers are reached. */
  readonly network: docker.Network;
  /** `host:port` of the brokers on that network. */
  readonly bootstrapServers: readonly string[];
  /** The UI's own Kafka account: it may look and read, and change nothing. */
  readonly account: Login;
  /** What the password of the UI's login is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

const CONFIG_FILE = `/etc/kafka-platform/${UI_CONFIG_FILE}`;
const HTTP_PORT = 8080;
const MEMORY_MIB = 768;

/**
 * Kafka UI in Docker: login required, read-only, on loopback only. Needs the provider `docker`.
 *
 * @example
 * new KafkaUi("ui", {
 *   name: "shop",
 *   image: "ghcr.io/kafbat/kafka-ui:v1.5.0",
 *   port: 8080,
 *   network: broker.network,
 *   bootstrapServers: broker.internalBootstrapServers,
 *   account: observer.login,
 *   stackSecret,
 * });
 */
export class KafkaUi extends pulumi.ComponentResource implements UiAccess {
  readonly url: string;
  readonly username = UI_USERNAME;
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: KafkaUiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:cluster:KafkaUi", name, { ...UI_SAFEGUARDS }, opts);
    this.password = uiPassword(args.stackSecret);
    const cluster = { clusterName: args.name, bootstrapServers: args.bootstrapServers };
    const config = uiConfigFile(cluster, args.account, this.password);

    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "ui"),
        image: image.imageId,
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        envs: [`SPRING_CONFIG_ADDITIONAL-LOCATION=${CONFIG_FILE}`],
        ports: [{ internal: HTTP_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        uploads: config.apply((content) => [secretFile(CONFIG_FILE, content)]),
        healthcheck: {
          tests: [
            "CMD-SHELL",
            `wget -q -O /dev/null http://127.0.0.1:${HTTP_PORT}/actuator/health`,
          ],
          interval: "10s",
          timeout: "5s",
          retries: 6,
          startPeriod: "1m0s",
        },
      },
      { parent: this, ...containerOptions },
    );

    this.url = `http://127.0.0.1:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
