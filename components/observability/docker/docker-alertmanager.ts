import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { MONITORING_USER } from "../../../model/observability/observability-images.ts";
import {
  ALERTMANAGER_ARGUMENTS,
  ALERTMANAGER_FILES,
  HEALTH_PATH,
} from "../../../model/observability/monitoring-programs.ts";
import { ALERTMANAGER_PORT } from "../../../model/observability/prometheus-config.ts";
import { containerDefaults, containerOptions, secretFile } from "../../docker/docker-container.ts";
import { healthOf, MONITORING_FILE, type MonitoringContainerArgs } from "./monitoring-container.ts";

export interface DockerAlertmanagerArgs extends MonitoringContainerArgs {
  /** Its configuration file. */
  readonly config: string;
  /** What receivers are logged in to with, by the name of the file. @default none */
  readonly secrets?: pulumi.Input<Readonly<Record<string, string>>> | undefined;
}

const MEMORY_MIB = 64;

/**
 * Alertmanager in Docker, on loopback only. A silence that somebody sets lasts as long as the container.
 * Needs the provider `docker`.
 *
 * @example
 * new DockerAlertmanager("alertmanager", {
 *   ...{ name: "shop", image: "prom/alertmanager:v0.28.1", port: 9093, network: broker.network },
 *   config,
 * });
 */
export class DockerAlertmanager extends pulumi.ComponentResource {
  readonly url: string;

  constructor(name: string, args: DockerAlertmanagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:observability:DockerAlertmanager", name, {}, opts);
    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    const secrets = pulumi.secret(args.secrets ?? {});
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "alertmanager"),
        image: image.imageId,
        command: [...ALERTMANAGER_ARGUMENTS],
        user: String(MONITORING_USER),
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        ports: [{ internal: ALERTMANAGER_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        uploads: secrets.apply((given) => [
          { file: ALERTMANAGER_FILES.config, content: args.config, ...MONITORING_FILE },
          ...Object.entries(given).map(([file, content]) =>
            secretFile(`${ALERTMANAGER_FILES.secrets}/${file}`, content),
          ),
        ]),
        healthcheck: healthOf(ALERTMANAGER_PORT, HEALTH_PATH.ready),
      },
      { parent: this, ...containerOptions },
    );

    this.url = `http://127.0.0.1:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
