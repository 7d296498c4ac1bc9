import { advertisedAddress, type ExternalAccess } from "./kubernetes-access.ts";
import { type ClusterScope, podHost } from "./kubernetes-names.ts";
import { CLIENT_PORT, CONTROLLER_PORT } from "../broker/listeners.ts";

/** Brokers among themselves. */
export const BROKER_PORT = 9091;
/** Clients outside Kubernetes. */
export const EXTERNAL_PORT = 9094;

/** A listener that every broker of a cluster has. */
export interface ClusterListener {
  readonly name: "CONTROLLER" | "BROKER" | "CLIENT" | "EXTERNAL";
  readonly port: number;
}

/** The listeners of each broker; EXTERNAL only where somebody outside is to come in. */
export const clusterListeners = (access: ExternalAccess): readonly ClusterListener[] => [
  { name: "CONTROLLER", port: CONTROLLER_PORT },
  { name: "BROKER", port: BROKER_PORT },
  { name: "CLIENT", port: CLIENT_PORT },
  ...(access.type === "none" ? [] : [{ name: "EXTERNAL", port: EXTERNAL_PORT } as const]),
];

/**
 * `advertised.listeners` of one broker. The controller listener is not advertised: controllers find
 * each other by the addresses that the quorum itself records.
 */
export function advertisedListeners(
  scope: ClusterScope,
  access: ExternalAccess,
  node: number,
): string {
  const inside = podHost(scope, node);
  const external = advertisedAddress(access, node);
  return [
    `BROKER://${inside}:${String(BROKER_PORT)}`,
    `CLIENT://${inside}:${String(CLIENT_PORT)}`,
    ...(external === undefined ? [] : [`EXTERNAL://${external}`]),
  ].join(",");
}
