import type { ClusterScope } from "../../../../model/kubernetes/kubernetes-names.ts";
import {
  BROKER_SAMPLES,
  SCRAPE_INTERVAL,
  SCRAPE_JOBS,
} from "../../../../model/observability/prometheus-config.ts";
import { objectMetadata, selectorLabels } from "../../../kubernetes/manifests/object-metadata.ts";

export interface PodMonitorArgs extends ClusterScope {
  /** Labels by which the operator's Prometheus finds it. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What the operator's Prometheus scrapes: every pod of a kind, by the name of its port. Its series carry the labels
 * that the rules and the dashboards ask for: `job`, `cluster` and, of a broker, `broker`.
 */
export function podMonitor(args: PodMonitorArgs, component: "broker" | "exporter", name: string) {
  const metadata = objectMetadata(args, component, name);
  const always = (targetLabel: string, replacement: string) => ({ targetLabel, replacement });
  const broker = {
    sourceLabels: ["__meta_kubernetes_pod_name"],
    ...{ regex: ".*-(\\d+)", targetLabel: "broker", replacement: "$1" },
  };
  const isBroker = component === "broker";
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { ...metadata, labels: { ...metadata.labels, ...args.labels } },
    spec: {
      selector: { matchLabels: selectorLabels(args, component) },
      namespaceSelector: { matchNames: [args.namespace] },
      ...(isBroker && { sampleLimit: BROKER_SAMPLES }),
      podMetricsEndpoints: [
        {
          port: isBroker ? "metrics" : "http",
          path: "/metrics",
          interval: SCRAPE_INTERVAL,
          relabelings: [
            always("job", isBroker ? SCRAPE_JOBS.brokers : SCRAPE_JOBS.exporter),
            always("cluster", args.name),
            ...(isBroker ? [broker] : []),
          ],
        },
      ],
    },
  };
}
