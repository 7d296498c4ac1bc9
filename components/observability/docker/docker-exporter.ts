import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import {
  EXPORTER_FILES,
  EXPORTER_HEALTH,
  EXPORTER_PORT,
  STATUS_PAGE_USERNAME,
} from "../../../model/observability/exporter-access.ts";
import { containerDefaults, containerOptions, secretFile } from "../../docker/docker-container.ts";
import type { UiAccess } from "../../kafka/kafka-ui-access.ts";
import { exporterFile, type ExporterFileArgs, pagePassword } from "../exporter-file.ts";
import { MONITORING_FILE, type MonitoringContainerArgs } from "./monitoring-container.ts";

export interface DockerExporterArgs
  extends MonitoringContainerArgs, Omit<ExporterFileArgs, "name" | "caFile"> {
  /** What the password of the status page is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

const MEMORY_MIB = 160;
/** Node asks: there is nothing else to ask with in its image. */
const HEALTH = `fetch("http://127.0.0.1:${String(EXPORTER_PORT)}${EXPORTER_HEALTH.alive}").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;

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
    this.password = pagePassword(args.stackSecret);
    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    const content = exporterFile(args);
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "exporter"),
        image: image.imageId,
        command: [EXPORTER_FILES.config],
        user: "1000",
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        ports: [{ internal: EXPORTER_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        uploads: pulumi
          .all([args.account.password, this.password])
          .apply(([ofAccount, ofPage]) => [
            { file: EXPORTER_FILES.config, content, ...MONITORING_FILE },
            secretFile(EXPORTER_FILES.password, ofAccount),
            secretFile(EXPORTER_FILES.pagePassword, ofPage),
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
