import type { RuleGroup } from "../../../../model/alerting/rule-file.ts";
import { objectMetadata } from "../../../kubernetes/manifests/object-metadata.ts";
import type { PodMonitorArgs } from "./pod-monitor.ts";

/**
 * The rules, for the operator's Prometheus. Each alert carries the namespace: by it the operator's Alertmanager knows
 * that the alerts are this AlertmanagerConfig's.
 */
export function prometheusRule(args: PodMonitorArgs, name: string, groups: readonly RuleGroup[]) {
  const metadata = objectMetadata(args, "prometheus", name);
  const inNamespace = (rule: RuleGroup["rules"][number]) =>
    "alert" in rule ? { ...rule, labels: { ...rule.labels, namespace: args.namespace } } : rule;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { ...metadata, labels: { ...metadata.labels, ...args.labels } },
    spec: {
      groups: groups.map((group) => ({
        ...group,
        // One Prometheus may hold the rules of several clusters, and names of groups are told by them.
        name: `${name}.${group.name}`,
        rules: group.rules.map(inNamespace),
      })),
    },
  };
}
