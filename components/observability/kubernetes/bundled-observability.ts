import type * as pulumi from "@pulumi/pulumi";
import { alertmanagerConfig } from "../../../model/alerting/alertmanager-config.ts";
import { renderRuleFile } from "../../../model/alerting/rule-file.ts";
import { ALERTMANAGER_FILES } from "../../../model/observability/monitoring-programs.ts";
import { EXPORTER_PORT } from "../../../model/observability/exporter-access.ts";
import { clusterNames, serviceHost } from "../../../model/kubernetes/kubernetes-names.ts";
import { podsOf } from "../../kubernetes/manifests/network-policies.ts";
import type { ObservabilityAccess } from "../observability-access.ts";
import { KubernetesAlertmanager } from "./kubernetes-alertmanager.ts";
import {
  hasExporter,
  type KubernetesObservabilityArgs,
  startedExporter,
} from "./started-exporter.ts";
import { KubernetesPrometheus } from "./kubernetes-prometheus.ts";

export interface BundledObservabilityArgs extends KubernetesObservabilityArgs {
  readonly brokers: number;
  /** Of the brokers' volumes: theirs are of the same class. */
  readonly storage: { readonly class: string };
}

/** A Prometheus, an Alertmanager and the exporter of the stack's own, in the namespace of the cluster. */
export function bundledObservability(
  args: BundledObservabilityArgs,
  opts: pulumi.ComponentResourceOptions,
): ObservabilityAccess {
  const { name, namespace, brokers, imagePullSecret, storage, settings, rules } = args;
  const shared = { name, namespace, imagePullSecret };
  const { image, receiverRanges, receiverPorts } = settings.alertmanager;
  const alertmanager = new KubernetesAlertmanager(
    "alertmanager",
    {
      ...shared,
      ...{ image, receiverRanges, receiverPorts },
      exporter: hasExporter(args),
      storageClass: storage.class,
      config: alertmanagerConfig(settings.receivers, ALERTMANAGER_FILES.secrets),
      secrets: args.receiverSecrets,
    },
    opts,
  );
  const beside = { alertmanager: alertmanager.url, scrapers: [podsOf(args, "prometheus")] };
  const exporter = startedExporter(args, beside, opts);
  const { retention, storage: size } = settings.prometheus;
  const prometheus = new KubernetesPrometheus(
    "prometheus",
    {
      ...shared,
      ...{ brokers, retention, image: settings.prometheus.image },
      ruleFile: rules && renderRuleFile(rules),
      exporter: exporter && `${serviceHost(clusterNames(args).exporter, args)}:${EXPORTER_PORT}`,
      storage: { class: storage.class, size },
    },
    opts,
  );
  return { prometheusUrl: prometheus.url, alertmanagerUrl: alertmanager.url, exporter };
}
