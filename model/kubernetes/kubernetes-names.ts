import { createHash } from "node:crypto";

/** Which cluster an object belongs to. */
export interface ClusterScope {
  /** Prefix of the names of all its objects. */
  readonly name: string;
  readonly namespace: string;
}

/** Names of the objects of a cluster. They are addresses and identities: none may ever change. */
export const clusterNames = ({ name }: { readonly name: string }) => ({
  /** StatefulSet, ServiceAccount and PodDisruptionBudget. */
  brokers: name,
  headless: `${name}-headless`,
  bootstrap: `${name}-bootstrap`,
  external: `${name}-external`,
  externalBroker: (node: number) => `${name}-external-${String(node)}`,
  config: `${name}-config`,
  /** Tells a node with an empty disk that this cluster exists and is to be joined, never formed. */
  formed: `${name}-formed`,
  credentials: `${name}-credentials`,
  tls: `${name}-tls`,
  pod: (node: number) => `${name}-${String(node)}`,
  /** As the StatefulSet's claim template calls it, so that it is adopted. */
  claim: (node: number) => `${CLAIM_TEMPLATE}-${name}-${String(node)}`,
  /** What a maintenance job logs in with. */
  admin: `${name}-admin`,
  job: (purpose: string) => `${name}-${purpose}`,
  ui: `${name}-ui`,
  prometheus: `${name}-prometheus`,
  alertmanager: `${name}-alertmanager`,
  exporter: `${name}-exporter`,
  /** What is told to a Prometheus operator: rules, and who hears of alerts. */
  alerts: `${name}-alerts`,
  /** What receivers of alerts are logged in to with. */
  receivers: `${name}-receivers`,
  /** @param uid its identity in Grafana */
  dashboard: (uid: string) => `${name}-dashboard-${dnsSafe(uid)}`,
  account: (account: string) => `${name}-account-${dnsSafe(account)}`,
});

/** Name of the StatefulSet's claim template and of the volume. */
export const CLAIM_TEMPLATE = "data";

/** Suffix of every name inside a cluster; what it is called where nobody has changed it. */
const CLUSTER_DOMAIN = "cluster.local";

/** Full name of a Service. */
export const serviceHost = (service: string, { namespace }: ClusterScope): string =>
  `${service}.${namespace}.svc.${CLUSTER_DOMAIN}`;

/** Full name of one broker's pod: the same whatever address the pod has. */
export const podHost = (scope: ClusterScope, node: number): string => {
  const { pod, headless } = clusterNames(scope);
  return `${pod(node)}.${serviceHost(headless, scope)}`;
};

/** Every form in which a Service, or a pod behind it, is asked for from inside the cluster. */
export const dnsForms = (host: string, { namespace }: ClusterScope): string[] =>
  ["", `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.${CLUSTER_DOMAIN}`].map(
    (suffix) => host + suffix,
  );

/** Node ids of the brokers: the ordinals of their pods. */
export const nodesOf = (brokers: number): number[] => Array.from({ length: brokers }, (_, n) => n);

/**
 * A name in the name of a Kubernetes object. Underscores and capitals are not allowed there; a hash
 * keeps `a_b` apart from `a-b`.
 */
function dnsSafe(text: string): string {
  if (!/[A-Z_]/.test(text)) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `${text.toLowerCase().replaceAll("_", "-")}-${hash}`;
}
