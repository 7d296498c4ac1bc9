import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../../../model/credentials/credentials.ts";
import {
  CANARY_TOPIC,
  EXPORTER_PORT,
  STATUS_PAGE_USERNAME,
} from "../../../model/observability/exporter-access.ts";
import type { ExporterConfigFile } from "../../../model/observability/exporter-config.ts";
import { containerDefaults, containerOptions, secretFile } from "../../docker/docker-container.ts";
import type { Login } from "../../kafka/endpoint.ts";
import type { UiAccess } from "../../kafka/kafka-ui-access.ts";
import { MONITORING_FILE, type MonitoringContainerArgs } from "./monitoring-container.ts";

export interface DockerExporterArgs extends MonitoringContainerArgs {
  /** `host:port` of the brokers on the network. */
  readonly bootstrapServers: readonly string[];
  /** The exporter's own Kafka account. */
  readonly account: Login;
  /** What is declared of topics, groups and credentials. */
  readonly declared: ExporterConfigFile["declared"];
  /** Address of Alertmanager on the network: the status page has alerts from it. @default it shows none */
  readonly alertmanager?: string | undefined;
  /** What the password of the status page is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

const FOLDER = "/etc/kafka-platform";
const CONFIG_FILE = `${FOLDER}/exporter.json`;
const PASSWORD_FILE = `${FOLDER}/secrets/exporter-password`;
const PAGE_PASSWORD_FILE = `${FOLDER}/secrets/page-password`;
const MEMORY_MIB = 160;
/** Node asks: there is nothing else to ask with in its image. */
const HEALTH = `fetch("http://127.0.0.1:${String(EXPORTER_PORT)}/healthz").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;

/**
 * The exporter in Docker: looks at Kafka as an account of its own, and serves what it sees to Prometheus, and to people
 * as a page that they log in to. Needs the provider `docker`.
 *
 * @example
 * new DockerExporter("exporter", {
 *   ...{ name: "shop", image: "kafka-platform/exporter:0123456789ab", port: 9308, network: broker.network },
 *   bootstrapServers: broker.internalBootstrapServers,
 *   account: observer.login,
 *   declared: exporterDeclarations(catalogue, { environment: "dev", brokers: 1, credentials: {} }),
 *   stackSecret,
 * });
 */
export class DockerExporter extends pulumi.ComponentResource implements UiAccess {
  readonly url: string;
  readonly username = STATUS_PAGE_USERNAME;
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: DockerExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:observability:DockerExporter", name, {}, opts);
    this.password = pulumi.secret(
      pulumi.output(args.stackSecret).apply((secret) => derivePassword(secret, "exporter/page/1")),
    );
    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    const { username, mechanism, password } = args.account;
    const config: ExporterConfigFile = {
      cluster: args.name,
      bootstrapServers: [...args.bootstrapServers],
      login: { username, mechanism, passwordFile: PASSWORD_FILE },
      canary: { topic: CANARY_TOPIC },
      page: { username: STATUS_PAGE_USERNAME, passwordFile: PAGE_PASSWORD_FILE },
      ...(args.alertmanager !== undefined && { alertmanagerUrl: args.alertmanager }),
      declared: args.declared,
    };
    const content = `${JSON.stringify(config, undefined, 2)}\n`;
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "exporter"),
        image: image.imageId,
        command: [CONFIG_FILE],
        user: "1000",
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        ports: [{ internal: EXPORTER_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        uploads: pulumi
          .all([password, this.password])
          .apply(([ofAccount, ofPage]) => [
            { file: CONFIG_FILE, content, ...MONITORING_FILE },
            secretFile(PASSWORD_FILE, ofAccount),
            secretFile(PAGE_PASSWORD_FILE, ofPage),
          ]),
        healthcheck: {
          tests: ["CMD", "node", "-e", HEALTH],
          interval: "30s",
          timeout: "10s",
          retries: 3,
          startPeriod: "30s",
        },
      },
      { parent: this, ...containerOptions },
    );

    this.url = `http://127.0.0.1:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
