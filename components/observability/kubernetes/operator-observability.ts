import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterNames, type ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import type { ObservabilitySettings } from "../../../model/observability/observability-settings.ts";
import { namespaceNamed, objectMetadata } from "../../kubernetes/manifests/object-metadata.ts";
import { secretObject } from "../../kubernetes/manifests/secret.ts";
import type { ObservabilityAccess, ObservabilityContent } from "../observability-access.ts";
import { alertmanagerConfigObject } from "./manifests/alertmanager-config.ts";
import { podMonitor } from "./manifests/pod-monitor.ts";
import {
  hasExporter,
  type KubernetesObservabilityArgs,
  startedExporter,
} from "./started-exporter.ts";
import { prometheusRule } from "./manifests/prometheus-rule.ts";

export interface OperatorObservabilityArgs
  extends ClusterScope, Pick<ObservabilityContent, "rules" | "receiverSecrets" | "dashboards"> {
  /** Whether there is an exporter to scrape. */
  readonly exporter: boolean;
  readonly settings: Pick<ObservabilitySettings, "operator" | "receivers">;
}

/**
 * Tells a Prometheus operator that the cluster has already what to scrape, which alerts there are and who is told of
 * them, and a Grafana beside it the dashboards. Needs the provider `kubernetes`, and the operator's kinds of objects.
 *
 * @example
 * new OperatorObservability("observability", {
 *   ...{ name: "kafka", namespace: "kafka", exporter: true, rules, settings },
 * });
 */
export class OperatorObservability extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: OperatorObservabilityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("kafka-platform:observability:OperatorObservability", name, {}, opts);
    const { rules, settings, dashboards = {} } = args;
    const { labels, dashboardLabels } = settings.operator;
    const { receivers } = settings;
    const names = clusterNames(args);
    const inside = { parent: this };
    const found = { name: args.name, namespace: args.namespace, labels };
    const make = (
      purpose: string,
      object: ConstructorParameters<typeof CustomResource>[1],
      dependsOn: pulumi.Resource[] = [],
    ) => new CustomResource(`${name}-${purpose}`, object, { ...inside, dependsOn });

    make("brokers", podMonitor(found, "broker", names.brokers));
    if (args.exporter) make("exporter", podMonitor(found, "exporter", names.exporter));
    if (rules) make("rules", prometheusRule(found, names.alerts, rules.groups));
    if (receivers) {
      const object = { object: names.alerts, secret: names.receivers };
      const secrets = new Secret(
        `${name}-receiver-secrets`,
        secretObject(args, "alertmanager", names.receivers, args.receiverSecrets ?? {}),
        inside,
      );
      make("receivers", alertmanagerConfigObject(found, object, receivers), [secrets]);
    }
    for (const [uid, json] of Object.entries(dashboards)) {
      const metadata = objectMetadata(args, "dashboards", names.dashboard(uid));
      const shown = { ...metadata, labels: { ...metadata.labels, ...dashboardLabels } };
      const data = { [`${uid}.json`]: json };
      new ConfigMap(`${name}-dashboard-${uid}`, { metadata: shown, data }, inside);
    }
    this.registerOutputs();
  }
}

/** The exporter, and what tells an operator of it and of the brokers. */
export function operatorObservability(
  args: KubernetesObservabilityArgs & { readonly monitoringNamespace: string },
  opts: pulumi.ComponentResourceOptions,
): ObservabilityAccess {
  const scrapers = [namespaceNamed(args.monitoringNamespace)];
  const exporter = startedExporter(args, { scrapers }, opts);
  new OperatorObservability("observability", { ...args, exporter: hasExporter(args) }, opts);
  return { exporter };
}
