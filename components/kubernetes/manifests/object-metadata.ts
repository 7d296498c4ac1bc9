import type { types } from "@pulumi/kubernetes";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";

/** What an object serves. */
export type Component =
  | "broker"
  | "ui"
  | "account"
  | "maintenance"
  | "prometheus"
  | "alertmanager"
  | "exporter"
  | "dashboards";

/** What runs in the pods, where it is not Kafka. */
const PROGRAMS: Partial<Readonly<Record<Component, string>>> = {
  ui: "kafka-ui",
  prometheus: "prometheus",
  alertmanager: "alertmanager",
  exporter: "kafka-exporter",
};

const PART_OF = "kafka-platform";

/** Labels by which the pods of one kind are found; a StatefulSet's can never change. */
export const selectorLabels = ({ name }: { readonly name: string }, component: Component) => ({
  "app.kubernetes.io/name": PROGRAMS[component] ?? "kafka",
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/component": component,
});

/** Labels of every pod of a cluster, whatever it does. */
export const clusterLabels = ({ name }: { readonly name: string }) => ({
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/part-of": PART_OF,
});

/** Kubernetes' recommended labels. */
export const objectLabels = (scope: { readonly name: string }, component: Component) => ({
  ...selectorLabels(scope, component),
  "app.kubernetes.io/managed-by": "pulumi",
  "app.kubernetes.io/part-of": PART_OF,
});

/** Name, namespace and labels of an object. */
export const objectMetadata = (scope: ClusterScope, component: Component, name: string) =>
  ({
    name,
    namespace: scope.namespace,
    labels: objectLabels(scope, component),
  }) satisfies types.input.meta.v1.ObjectMeta;

/** Selects every pod of a namespace by the label that Kubernetes itself gives it. */
export const namespaceNamed = (name: string) =>
  ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  }) satisfies types.input.networking.v1.NetworkPolicyPeer;
