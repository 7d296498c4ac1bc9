import {
  brokerNodePort,
  type ExternalAccess,
} from "../../../model/kubernetes/kubernetes-access.ts";
import { EXTERNAL_PORT } from "../../../model/kubernetes/kubernetes-listeners.ts";
import { type ClusterScope, clusterNames } from "../../../model/kubernetes/kubernetes-names.ts";
import { CLIENT_PORT } from "../../../model/broker/listeners.ts";
import { brokerPorts } from "./broker-ports.ts";
import { type Component, objectMetadata, selectorLabels } from "./object-metadata.ts";

type External = Exclude<ExternalAccess, { type: "none" }>;

/**
 * Nobody waits for a Service: it has no endpoints before the pods exist, and the pods come after it.
 */
const NOT_AWAITED = { "pulumi.com/skipAwait": "true" };

/**
 * A broker is not ready while any broker is sick. Were addresses of such pods withheld, one sick
 * broker would cut the clients off from all others.
 */
const REACHED_ALSO_WHEN_NOT_READY = { publishNotReadyAddresses: true };

/** Gives every broker's pod a name of its own. */
export const headlessService = (scope: ClusterScope, access: ExternalAccess) => ({
  metadata: serviceMetadata(scope, "broker", clusterNames(scope).headless),
  spec: {
    ...REACHED_ALSO_WHEN_NOT_READY,
    clusterIP: "None",
    selector: selectorLabels(scope, "broker"),
    ports: brokerPorts(access).map(({ name, containerPort: port }) => servicePort(name, port)),
  },
});

/** Where clients inside Kubernetes begin: any broker, which tells them of the others. */
export const bootstrapService = (scope: ClusterScope) => ({
  metadata: serviceMetadata(scope, "broker", clusterNames(scope).bootstrap),
  spec: {
    ...REACHED_ALSO_WHEN_NOT_READY,
    type: "ClusterIP",
    selector: selectorLabels(scope, "broker"),
    ports: [servicePort("client", CLIENT_PORT)],
  },
});

/**
 * Where clients outside begin; nothing for load balancers without an address for it, because each one
 * costs money.
 */
export function externalBootstrapService(scope: ClusterScope, access: External) {
  if (access.type === "loadBalancer" && access.bootstrapAddress === undefined) return undefined;
  const port = access.type === "nodePort" ? access.port : undefined;
  const { external } = clusterNames(scope);
  return externalService(scope, access, external, selectorLabels(scope, "broker"), port);
}

/** Where clients outside reach one broker. */
export function externalBrokerService(scope: ClusterScope, access: External, node: number) {
  const { externalBroker, pod } = clusterNames(scope);
  const selector = {
    ...selectorLabels(scope, "broker"),
    "statefulset.kubernetes.io/pod-name": pod(node),
  };
  const port = access.type === "nodePort" ? brokerNodePort(access, node) : undefined;
  return externalService(scope, access, externalBroker(node), selector, port);
}

function externalService(
  scope: ClusterScope,
  access: External,
  name: string,
  selector: Record<string, string>,
  nodePort: number | undefined,
) {
  const metadata = serviceMetadata(scope, "broker", name);
  if (access.type === "nodePort") {
    const ports = [{ ...servicePort("external", EXTERNAL_PORT), nodePort }];
    // The configured address may be any node's: each one passes on what is not its own.
    const routing = { type: "NodePort", externalTrafficPolicy: "Cluster" };
    return { metadata, spec: { ...REACHED_ALSO_WHEN_NOT_READY, ...routing, selector, ports } };
  }
  return {
    metadata: { ...metadata, annotations: { ...access.annotations, ...metadata.annotations } },
    spec: {
      ...REACHED_ALSO_WHEN_NOT_READY,
      type: "LoadBalancer",
      // One hop less, and the broker sees the client's own address: ACLs may name it.
      externalTrafficPolicy: "Local",
      ...(access.class === undefined ? {} : { loadBalancerClass: access.class }),
      ...(access.sourceRanges.length === 0
        ? {}
        : { loadBalancerSourceRanges: access.sourceRanges }),
      selector,
      ports: [{ ...servicePort("external", EXTERNAL_PORT), port: access.port }],
    },
  };
}

/** The UI's Service. */
export const uiService = (scope: ClusterScope, port: number) => ({
  metadata: serviceMetadata(scope, "ui", clusterNames(scope).ui),
  spec: {
    type: "ClusterIP",
    selector: selectorLabels(scope, "ui"),
    ports: [{ name: "http", port, targetPort: "http", protocol: "TCP" }],
  },
});

const serviceMetadata = (scope: ClusterScope, component: Component, name: string) => ({
  ...objectMetadata(scope, component, name),
  annotations: NOT_AWAITED,
});

const servicePort = (name: string, port: number) => ({
  name,
  port,
  targetPort: name,
  protocol: "TCP",
});
