import type { types } from "@pulumi/kubernetes";
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
const PUBLISH_NOT_READY = {
  publishNotReadyAddresses: true,
} satisfies types.input.core.v1.ServiceSpec;

/** Gives every broker's pod a name of its own. */
export const headlessService = (scope: ClusterScope, access: ExternalAccess) =>
  ({
    metadata: serviceMetadata(scope, "broker", clusterNames(scope).headless),
    spec: {
      ...PUBLISH_NOT_READY,
      clusterIP: "None",
      selector: selectorLabels(scope, "broker"),
      ports: brokerPorts(access).map(({ name, containerPort: port }) => servicePort(name, port)),
    },
  }) satisfies types.input.core.v1.Service;

/** Where clients inside Kubernetes begin: any broker, which tells them of the others. */
export const bootstrapService = (scope: ClusterScope) =>
  ({
    metadata: serviceMetadata(scope, "broker", clusterNames(scope).bootstrap),
    spec: {
      ...PUBLISH_NOT_READY,
      type: "ClusterIP",
      selector: selectorLabels(scope, "broker"),
      ports: [servicePort("client", CLIENT_PORT)],
    },
  }) satisfies types.input.core.v1.Service;

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
    return {
      metadata,
      spec: {
        ...PUBLISH_NOT_READY,
        type: "NodePort",
        // The configured address may be any node's: each one passes on what is not its own.
        externalTrafficPolicy: "Cluster",
        selector,
        ports: [{ ...servicePort("external", EXTERNAL_PORT), nodePort }],
      },
    } satisfies types.input.core.v1.Service;
  }
  const { annotations, class: loadBalancerClass, sourceRanges } = access;
  return {
    metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } },
    spec: {
      ...PUBLISH_NOT_READY,
      type: "LoadBalancer",
      // One hop less, and the broker sees the client's own address: ACLs may name it.
      externalTrafficPolicy: "Local",
      loadBalancerClass,
      loadBalancerSourceRanges: sourceRanges.length === 0 ? undefined : sourceRanges,
      selector,
      ports: [{ ...servicePort("external", EXTERNAL_PORT), port: access.port }],
    },
  } satisfies types.input.core.v1.Service;
}

/** The UI's Service. */
export const uiService = (scope: ClusterScope, port: number) =>
  ({
    metadata: serviceMetadata(scope, "ui", clusterNames(scope).ui),
    spec: {
      type: "ClusterIP",
      selector: selectorLabels(scope, "ui"),
      ports: [{ name: "http", port, targetPort: "http", protocol: "TCP" }],
    },
  }) satisfies types.input.core.v1.Service;

const serviceMetadata = (scope: ClusterScope, component: Component, name: string) =>
  ({
    ...objectMetadata(scope, component, name),
    annotations: NOT_AWAITED,
  }) satisfies types.input.meta.v1.ObjectMeta;

const servicePort = (name: string, port: number) =>
  ({ name, port, targetPort: name, protocol: "TCP" }) satisfies types.input.core.v1.ServicePort;
