import { EXPORTER_PORT } from "../../../model/observability/exporter-access.ts";
import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { BROKER_HOST, METRICS_PORT } from "../../../model/broker/listeners.ts";
import { alertmanagerConfig } from "../../../model/alerting/alertmanager-config.ts";
import { renderRuleFile } from "../../../model/alerting/rule-file.ts";
import {
  ALERTMANAGER_FILES,
  PROMETHEUS_FILES,
} from "../../../model/observability/monitoring-programs.ts";
import type { ObservabilitySettings } from "../../../model/observability/observability-settings.ts";
import {
  ALERTMANAGER_PORT,
  PROMETHEUS_PORT,
  renderPrometheusConfig,
} from "../../../model/observability/prometheus-config.ts";
import type { ObservabilityAccess, ObservabilityContent } from "../observability-access.ts";
import { DockerAlertmanager } from "./docker-alertmanager.ts";
import { DockerExporter } from "./docker-exporter.ts";
import { DockerGrafana } from "./docker-grafana.ts";
import { DockerPrometheus } from "./docker-prometheus.ts";

export interface DockerObservabilityArgs extends ObservabilityContent {
  /** Prefix of the names on the Docker host, and the cluster's in every series. */
  readonly name: string;
  /** Network on which the broker is reached. */
  readonly network: docker.Network;
  /** `host:port` of the broker on it. */
  readonly bootstrapServers: readonly string[];
  readonly settings: ObservabilitySettings;
  /** What passwords are derived from. */
  readonly stackSecret: pulumi.Input<string>;
}

/** Id of the one broker: see `singleBrokerProperties`. */
const BROKER_ID = 1;

/** Starts what the settings turn on, each in a container of its own beside the broker. */
export function dockerObservability(
  args: DockerObservabilityArgs,
  opts: pulumi.ComponentResourceOptions,
): ObservabilityAccess {
  const { name, network, rules, settings, stackSecret } = args;
  const of = ({ image, port }: { image: string; port: number }) => ({ name, network, image, port });
  const alertmanager = settings.alertmanager.enabled
    ? new DockerAlertmanager(
        "alertmanager",
        {
          ...of(settings.alertmanager),
          config: alertmanagerConfig(settings.receivers, ALERTMANAGER_FILES.secrets),
          secrets: args.receiverSecrets,
        },
        opts,
      )
    : undefined;
  const exporter =
    args.exporter && settings.exporter.image !== undefined
      ? new DockerExporter(
          "exporter",
          {
            ...of({ ...settings.exporter, image: settings.exporter.image }),
            ...args.exporter,
            bootstrapServers: args.bootstrapServers,
            alertmanager: alertmanager && `http://alertmanager:${ALERTMANAGER_PORT}`,
            stackSecret,
          },
          opts,
        )
      : undefined;
  const prometheus = settings.prometheus.enabled
    ? new DockerPrometheus(
        "prometheus",
        {
          ...of(settings.prometheus),
          retention: settings.prometheus.retention,
          ruleFile: rules && renderRuleFile(rules),
          config: renderPrometheusConfig({
            cluster: name,
            brokers: [{ id: BROKER_ID, target: `${BROKER_HOST}:${METRICS_PORT}` }],
            exporter: exporter && `exporter:${EXPORTER_PORT}`,
            alertmanager: alertmanager && `alertmanager:${ALERTMANAGER_PORT}`,
            ruleFiles: rules === undefined ? [] : [PROMETHEUS_FILES.rules],
          }),
        },
        opts,
      )
    : undefined;
  const { dashboards } = args;
  const grafana = settings.grafana.enabled
    ? new DockerGrafana(
        "grafana",
        {
          ...of(settings.grafana),
          prometheus: `http://prometheus:${PROMETHEUS_PORT}`,
          dashboards,
          stackSecret,
        },
        opts,
      )
    : undefined;
  return {
    prometheusUrl: prometheus?.url,
    alertmanagerUrl: alertmanager?.url,
    grafana,
    exporter,
  };
}
