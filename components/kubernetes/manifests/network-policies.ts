import type { types } from "@pulumi/kubernetes";
import {
  type AccountNamespaces,
  allNamespaces,
} from "../../../model/kubernetes/account-namespaces.ts";
import type { ExternalAccess } from "../../../model/kubernetes/kubernetes-access.ts";
import { BROKER_PORT, EXTERNAL_PORT } from "../../../model/kubernetes/kubernetes-listeners.ts";
import type { ClusterScope } from "../../../model/kubernetes/kubernetes-names.ts";
import type { TieredStorage } from "../../../model/broker/tiered-storage.ts";
import { CLIENT_PORT, CONTROLLER_PORT, METRICS_PORT } from "../../../model/broker/listeners.ts";
import {
  clusterLabels,
  type Component,
  namespaceNamed,
  objectMetadata,
  selectorLabels,
} from "./object-metadata.ts";

export interface NetworkPolicyArgs extends ClusterScope {
  readonly access: ExternalAccess;
  readonly monitoringNamespace: string;
  readonly clientNamespaces: readonly string[];
  readonly accountNamespaces: AccountNamespaces;
  readonly uiNamespaces: readonly string[];
  readonly apiServerRanges: readonly string[];
  readonly tieredStorage?: TieredStorage | undefined;
  /** Whether a Prometheus of the stack's own reads the metrics. @default false */
  readonly ownPrometheus?: boolean | undefined;
}

/** Port that the UI's container listens on. */
export const UI_HTTP_PORT = 8080;

/** Where pods ask for names: the cluster's DNS, or its cache on the node at the customary address. */
export const DNS = {
  to: [namespaceNamed("kube-system"), { ipBlock: { cidr: "169.254.20.10/32" } }],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
} satisfies types.input.networking.v1.NetworkPolicyEgressRule;

/** No pod of the cluster is reached, or reaches anything, unless another policy says so. */
export const denyAllPolicy = (scope: ClusterScope) =>
  ({
    metadata: objectMetadata(scope, "broker", `${scope.name}-deny-all`),
    spec: {
      podSelector: { matchLabels: clusterLabels(scope) },
      policyTypes: ["Ingress", "Egress"],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;

/** Who reaches the brokers, and whom they reach: each other, the DNS, and a store of older segments. */
export function brokerPolicy(args: NetworkPolicyArgs) {
  const brokers = podsOf(args, "broker");
  const amongThemselves = tcp(BROKER_PORT, CONTROLLER_PORT, METRICS_PORT);
  return {
    metadata: objectMetadata(args, "broker", `${args.name}-brokers`),
    spec: {
      ...brokers,
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [brokers], ports: amongThemselves },
        {
          from: [{ podSelector: {} }, ...clientNamespaces(args).map(namespaceNamed)],
          ports: tcp(CLIENT_PORT),
        },
        {
          from: [
            podsOf(args, "ui"),
            ...(args.ownPrometheus ? [podsOf(args, "prometheus")] : []),
            namespaceNamed(args.monitoringNamespace),
            ...args.apiServerRanges.map(range),
          ],
          ports: tcp(METRICS_PORT),
        },
        ...externalIngress(args.access),
      ],
      egress: [{ to: [brokers], ports: amongThemselves }, DNS, ...storeEgress(args.tieredStorage)],
    },
  } satisfies types.input.networking.v1.NetworkPolicy;
}

/** Where older segments are kept. */
const storeEgress = (
  store: TieredStorage | undefined,
): types.input.networking.v1.NetworkPolicyEgressRule[] =>
  store === undefined || store.storeRanges.length === 0
    ? []
    : [{ to: store.storeRanges.map(range), ports: tcp(store.storePort) }];

/** A maintenance job is a client of the brokers, and reached by nobody. */
export const maintenancePolicy = (scope: ClusterScope) =>
  ({
    metadata: objectMetadata(scope, "maintenance", `${scope.name}-maintenance`),
    spec: {
      ...podsOf(scope, "maintenance"),
      policyTypes: ["Ingress", "Egress"],
      egress: [{ to: [podsOf(scope, "broker")], ports: tcp(CLIENT_PORT) }, DNS],
    },
  }) satisfies types.input.networking.v1.NetworkPolicy;

/** Who reaches the UI, and whom it reaches: the brokers as a client, their metrics, and the DNS. */
export function uiPolicy(args: NetworkPolicyArgs) {
  const from = args.uiNamespaces.map(namespaceNamed);
  return {
    metadata: objectMetadata(args, "ui", `${args.name}-ui`),
    spec: {
      ...podsOf(args, "ui"),
      policyTypes: ["Ingress", "Egress"],
      // An empty list of sources would mean everybody.
      ingress: from.length === 0 ? [] : [{ from, ports: tcp(UI_HTTP_PORT) }],
      egress: [{ to: [podsOf(args, "broker")], ports: tcp(CLIENT_PORT, METRICS_PORT) }, DNS],
    },
  } satisfies types.input.networking.v1.NetworkPolicy;
}

/** Those that are named, and those of accounts. */
const clientNamespaces = (args: NetworkPolicyArgs): string[] => [
  ...new Set([...args.clientNamespaces, ...allNamespaces(args.accountNamespaces)]),
];

/** TLS and a login guard it; addresses are told apart only behind load balancers that keep them. */
function externalIngress(
  access: ExternalAccess,
): types.input.networking.v1.NetworkPolicyIngressRule[] {
  if (access.type === "none") return [];
  const ports = tcp(EXTERNAL_PORT);
  const ranges = access.type === "loadBalancer" ? access.sourceRanges : [];
  return [ranges.length === 0 ? { ports } : { from: ranges.map(range), ports }];
}

export const podsOf = (scope: ClusterScope, component: Component) =>
  ({
    podSelector: { matchLabels: selectorLabels(scope, component) },
  }) satisfies types.input.networking.v1.NetworkPolicyPeer;

export const range = (cidr: string) =>
  ({ ipBlock: { cidr } }) satisfies types.input.networking.v1.NetworkPolicyPeer;

export const tcp = (...ports: number[]) =>
  ports.map(
    (port) => ({ protocol: "TCP", port }) satisfies types.input.networking.v1.NetworkPolicyPort,
  );
