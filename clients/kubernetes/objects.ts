/** Kubernetes objects as plain JSON, and where each kind lives in the API. */

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly generation?: number;
  readonly managedFields?: readonly ManagedFields[];
}

/** Who set fields of an object, and how: by server-side apply or any other write. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
}

/** An object of any kind. What lies below `metadata` depends on the kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** Names one object. `namespace` is absent for kinds that have none. */
export interface ObjectReference {
  readonly kind: Kind;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** The kinds this program has to do with: their API group and version, and name in URLs. */
export const KINDS = {
  AlertmanagerConfig: {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    plural: "alertmanagerconfigs",
    namespaced: true,
  },
  ConfigMap: { apiVersion: "v1", plural: "configmaps", namespaced: true },
  Deployment: { apiVersion: "apps/v1", plural: "deployments", namespaced: true },
  Event: { apiVersion: "v1", plural: "events", namespaced: true },
  Job: { apiVersion: "batch/v1", plural: "jobs", namespaced: true },
  Namespace: { apiVersion: "v1", plural: "namespaces", namespaced: false },
  NetworkPolicy: {
    apiVersion: "networking.k8s.io/v1",
    plural: "networkpolicies",
    namespaced: true,
  },
  Node: { apiVersion: "v1", plural: "nodes", namespaced: false },
  PersistentVolume: { apiVersion: "v1", plural: "persistentvolumes", namespaced: false },
  PersistentVolumeClaim: { apiVersion: "v1", plural: "persistentvolumeclaims", namespaced: true },
  Pod: { apiVersion: "v1", plural: "pods", namespaced: true },
  PodDisruptionBudget: {
    apiVersion: "policy/v1",
    plural: "poddisruptionbudgets",
    namespaced: true,
  },
  PodMonitor: { apiVersion: "monitoring.coreos.com/v1", plural: "podmonitors", namespaced: true },
  PrometheusRule: {
    apiVersion: "monitoring.coreos.com/v1",
    plural: "prometheusrules",
    namespaced: true,
  },
  PriorityClass: {
    apiVersion: "scheduling.k8s.io/v1",
    plural: "priorityclasses",
    namespaced: false,
  },
  ReplicaSet: { apiVersion: "apps/v1", plural: "replicasets", namespaced: true },
  ResourceQuota: { apiVersion: "v1", plural: "resourcequotas", namespaced: true },
  Secret: { apiVersion: "v1", plural: "secrets", namespaced: true },
  Service: { apiVersion: "v1", plural: "services", namespaced: true },
  ServiceAccount: { apiVersion: "v1", plural: "serviceaccounts", namespaced: true },
  StatefulSet: { apiVersion: "apps/v1", plural: "statefulsets", namespaced: true },
  StorageClass: { apiVersion: "storage.k8s.io/v1", plural: "storageclasses", namespaced: false },
} as const;

export type Kind = keyof typeof KINDS;

/** The URL path of a kind's collection, in one namespace or, without, in all of them. */
export function collectionPath(kind: Kind, namespace?: string): string {
  const { apiVersion, plural, namespaced } = KINDS[kind];
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  if (!namespaced || namespace === undefined) return `${root}/${plural}`;
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

export function objectPath({ kind, namespace, name }: ObjectReference): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** As messages name an object: `StatefulSet kafka/kafka`, `Namespace kafka`. */
export function titleOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
