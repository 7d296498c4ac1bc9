import type { types } from "@pulumi/kubernetes";
import type { ExternalAccess } from "../../../model/kubernetes/kubernetes-access.ts";
import { clusterListeners } from "../../../model/kubernetes/kubernetes-listeners.ts";
import { METRICS_PORT } from "../../../model/broker/listeners.ts";

/** The ports of a broker's container: one for each listener, called like it, and the metrics'. */
export const brokerPorts = (access: ExternalAccess) => [
  ...clusterListeners(access).map(({ name, port }) => containerPort(name.toLowerCase(), port)),
  containerPort("metrics", METRICS_PORT),
];

const containerPort = (name: string, port: number) =>
  ({ name, containerPort: port, protocol: "TCP" }) satisfies types.input.core.v1.ContainerPort;
