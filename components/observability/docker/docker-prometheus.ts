import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { MONITORING_USER } from "../../../model/observability/observability-images.ts";
import { FIGURES_LABEL } from "../../../model/stack/held-figures.ts";
import {
  HEALTH_PATH,
  PROMETHEUS_FILES,
  prometheusArguments,
} from "../../../model/observability/monitoring-programs.ts";
import { PROMETHEUS_PORT } from "../../../model/observability/prometheus-config.ts";
import {
  containerDefaults,
  containerOptions,
  dockerLabels,
} from "../../docker/docker-container.ts";
import { healthOf, MONITORING_FILE, type MonitoringContainerArgs } from "./monitoring-container.ts";

export interface DockerPrometheusArgs extends MonitoringContainerArgs {
  /** How long it keeps figures, in milliseconds. */
  readonly retention: number;
  /** Its configuration file. */
  readonly config: string;
  /** Rules of alerts, in Prometheus' YAML. @default none */
  readonly ruleFile?: pulumi.Input<string> | undefined;
}

/** Its memory is returned to the system well before the limit: Go counts only its own heap. */
const MEMORY_MIB = 192;
const HEAP_MIB = 144;

/**
 * Prometheus in Docker, on loopback only. What it has seen is on a volume of its own and outlives the
 * container. Needs the provider `docker`.
 *
 * @example
 * new DockerPrometheus("prometheus", {
 *   ...{ name: "shop", image: "prom/prometheus:v3.5.0", port: 9090, network: broker.network },
 *   retention: 15 * 86_400_000,
 *   config: renderPrometheusConfig({ cluster: "shop", brokers: [{ id: 1, target: "broker:9404" }] }),
 * });
 */
export class DockerPrometheus extends pulumi.ComponentResource {
  readonly url: string;

  constructor(name: string, args: DockerPrometheusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kafka-platform:observability:DockerPrometheus", name, {}, opts);
    const volume = new docker.Volume(
      `${name}-data`,
      { name: `${args.name}-prometheus`, labels: [...dockerLabels(args.name), FIGURES_LABEL] },
      { parent: this },
    );
    const image = new docker.RemoteImage(
      `${name}-image`,
      { name: args.image, keepLocally: true },
      { parent: this },
    );
    const config = { file: PROMETHEUS_FILES.config, content: args.config, ...MONITORING_FILE };
    const rules = { file: PROMETHEUS_FILES.rules, ...MONITORING_FILE };
    new docker.Container(
      name,
      {
        ...containerDefaults(args.name, "prometheus"),
        image: image.imageId,
        command: prometheusArguments(args),
        user: String(MONITORING_USER),
        memory: MEMORY_MIB,
        memorySwap: MEMORY_MIB,
        envs: [`GOMEMLIMIT=${HEAP_MIB}MiB`],
        ports: [{ internal: PROMETHEUS_PORT, external: args.port, ip: "127.0.0.1" }],
        networksAdvanced: [{ name: args.network.name }],
        volumes: [{ volumeName: volume.name, containerPath: PROMETHEUS_FILES.data }],
        // Files of containers are secret as a rule, whatever is in them (docs/policies.md, secret-inputs).
        uploads: pulumi.secret([
          config,
          ...(args.ruleFile === undefined ? [] : [{ ...rules, content: args.ruleFile }]),
        ]),
        healthcheck: healthOf(PROMETHEUS_PORT, HEALTH_PATH.ready),
      },
      { parent: this, ...containerOptions },
    );

    this.url = `http://127.0.0.1:${args.port}`;
    this.registerOutputs({ url: this.url });
  }
}
