/** The Kubernetes resource types of the embedded engine, and how each is changed. */
import { KINDS, type Kind } from "../../../clients/kubernetes/objects.ts";

/** Which conditions an operation waits for after a change. */
export type Readiness = "rollout" | "job" | "claim" | "namespace" | "none";

export interface ResourceKind {
  /** Pulumi type token. */
  readonly type: string;
  readonly kind: Kind;
  /** Top-level fields a program may declare beside `apiVersion`, `kind` and `metadata`. */
  readonly fields: readonly string[];
  /** Paths whose change needs a new object, as in the real provider's table. */
  readonly replaces: readonly string[];
  readonly readiness: Readiness;
}

const SELECTOR = ["spec.selector"];

export const RESOURCE_KINDS: readonly ResourceKind[] = [
  resource("Namespace", { fields: ["spec"], readiness: "namespace" }),
  resource("ServiceAccount", {
    fields: ["secrets", "imagePullSecrets", "automountServiceAccountToken"],
  }),
  resource("Secret", {
    fields: ["type", "data", "stringData", "immutable"],
    replaces: ["type"],
  }),
  resource("ConfigMap", { fields: ["data", "binaryData", "immutable"] }),
  resource("Service", { fields: ["spec"], replaces: ["spec.clusterIP"] }),
  resource("PersistentVolumeClaim", {
    fields: ["spec"],
    replaces: ["spec.accessModes", ...SELECTOR, "spec.storageClassName", "spec.volumeName"],
    readiness: "claim",
  }),
  resource("StatefulSet", {
    fields: ["spec"],
    replaces: [
      "spec.podManagementPolicy",
      "spec.revisionHistoryLimit",
      ...SELECTOR,
      "spec.serviceName",
      "spec.volumeClaimTemplates",
    ],
    readiness: "rollout",
  }),
  resource("Deployment", { fields: ["spec"], replaces: SELECTOR, readiness: "rollout" }),
  resource("Job", {
    fields: ["spec"],
    replaces: ["spec.completions", "spec.parallelism", ...SELECTOR, "spec.template"],
    readiness: "job",
  }),
  resource("PodDisruptionBudget", { fields: ["spec"] }),
  resource("NetworkPolicy", { fields: ["spec"] }),
  resource("PodMonitor", { fields: ["spec"] }),
  resource("PrometheusRule", { fields: ["spec"] }),
  resource("AlertmanagerConfig", { fields: ["spec"] }),
];

/** Pulumi's name of the core group, which the API itself leaves out. */
function typeToken(kind: Kind): string {
  const { apiVersion } = KINDS[kind];
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

function resource(
  kind: Kind,
  more: Partial<ResourceKind> & Pick<ResourceKind, "fields">,
): ResourceKind {
  return { type: typeToken(kind), kind, replaces: [], readiness: "none", ...more };
}
