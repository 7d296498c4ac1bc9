import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { derivePassword } from "../../../model/credentials/credentials.ts";
import {
  GRAFANA_ENVIRONMENT,
  GRAFANA_PASSWORD_FILE,
  GRAFANA_PORT,
  GRAFANA_USERNAME,
  grafanaFiles,
} from "../../../model/observability/grafana-provisioning.ts";
import type { UiAccess } from "../../kafka/kafka-ui-access.ts";
import { containerDefaults, containerOptions, secretFile } from "../../docker/docker-container.ts";
import { healthOf, MONITORING_FILE, type MonitoringContainerArgs } from "./monitoring-container.ts";

export interface DockerGrafanaArgs extends MonitoringContainerArgs {
  /** Address of Prometheus on the network. */
  readonly prometheus: string;
  /** The JSON of each dashboard, by the name of its file. @default none */
  readonly dashboards?: Readonly<Record<string, string>> | undefined;
  /** What the password of its login is derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

/** Its process needs about half of it; the rest is for dashboards that somebody is looking at. */
const MEMORY_MIB = 256;

/**
 * Grafana in Docker: login required, filled with dashboards, on loopback only. What somebody changes in it
 * lasts as long as the container. Needs the provider `docker`.
 *
 * @example
 * new DockerGrafana("grafana", {
 *   ...{ name: "shop", image: "grafana/grafana:12.1.1", port: 3000, network: broker.network },
 *   prometheus: "http://prometheus:9090",
 *   stackSecret,
 * });
 */
export class DockerGrafana extends pulumi.ComponentResource implements UiAccess {
  readonly url: string;
  readonly username = GRAFANA_USERNAME;
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: DockerGrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:observability:DockerGrafana", name, {}, opts);
    this.password = pulumi.secret(
      pulumi.output(args.stackSecret).apply((secret) => derivePassword(secret, "grafana/admin/1")),
    );
    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    const files = grafanaFiles(args.prometheus, args.dashboards ?? {}).map((file) => ({
      ...file,
      ...MONITORING_FILE,
    }));
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "grafana"),
        image: image.imageId,
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        envs: [...GRAFANA_ENVIRONMENT],
        ports: [{ internal: GRAFANA_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        uploads: this.password.apply((password) => [
          ...files,
          secretFile(GRAFANA_PASSWORD_FILE, password),
        ]),
        healthcheck: healthOf(GRAFANA_PORT, "/api/health"),
      },
      { parent: this, ...containerOptions },
    );

    this.url = `http://127.0.0.1:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
