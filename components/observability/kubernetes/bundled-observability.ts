import type * as pulumi from "@pulumi/pulumi";
import { alertmanagerConfig } from "../../../model/alerting/alertmanager-config.ts";
import { renderRuleFile } from "../../../model/alerting/rule-file.ts";
import { ALERTMANAGER_FILES } from "../../../model/observability/monitoring-programs.ts";
import type { ObservabilitySettings } from "../../../model/observability/observability-settings.ts";
import type { ObservabilityAccess, ObservabilityContent } from "../observability-access.ts";
import { KubernetesAlertmanager } from "./kubernetes-alertmanager.ts";
import { KubernetesPrometheus } from "./kubernetes-prometheus.ts";

export interface BundledObservabilityArgs extends ObservabilityContent {
  readonly name: string;
  readonly namespace: string;
  readonly brokers: number;
  readonly imagePullSecret?: string | undefined;
  /** Of the brokers' volumes: theirs are of the same class. */
  readonly storage: { readonly class: string };
  readonly settings: ObservabilitySettings;
}

/** A Prometheus and an Alertmanager of the stack's own, in the namespace of the cluster. */
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
      storageClass: storage.class,
      config: alertmanagerConfig(settings.receivers, ALERTMANAGER_FILES.secrets),
      secrets: args.receiverSecrets,
    },
    opts,
  );
  const { retention, storage: size } = settings.prometheus;
  const prometheus = new KubernetesPrometheus(
    "prometheus",
    {
      ...shared,
      ...{
        brokers,
        retention,
        image: settings.prometheus.image,
        ruleFile: rules && renderRuleFile(rules),
      },
      storage: { class: storage.class, size },
    },
    opts,
  );
  return { prometheusUrl: prometheus.url, alertmanagerUrl: alertmanager.url };
}
