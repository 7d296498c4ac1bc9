import { z } from "zod";
import { addressRange, hostAndPort, networkAddress } from "../values/network-address.ts";
import { port } from "../values/values.ts";

const NODE_PORTS = "a port from 30000 to 32767, the range that Kubernetes opens on its nodes";

const addresses = z
  .array(networkAddress, { error: "a list of one address for each broker" })
  .describe("Where clients outside reach each broker, in the order of the brokers.");

const none = z
  .strictObject({ type: z.literal("none") })
  .describe("Nobody from outside; the program itself must then run inside the cluster.");

const nodePort = z
  .strictObject({
    type: z.literal("nodePort"),
    addresses,
    port: z
      .int({ error: NODE_PORTS })
      .min(30_000, { error: NODE_PORTS })
      .max(32_767, { error: NODE_PORTS })
      .default(30_092)
      .describe("Port of the bootstrap Service; broker N has this one + 1 + N."),
  })
  .describe("One port for each broker, on every node of Kubernetes.");

const loadBalancer = z
  .strictObject({
    type: z.literal("loadBalancer"),
    addresses,
    bootstrapAddress: networkAddress
      .optional()
      .describe("Address of one more load balancer, before all brokers. Default: there is none."),
    port: port.default(9094).describe("Port of every load balancer."),
    annotations: z
      .record(z.string(), z.string({ error: "text" }))
      .default({})
      .describe("Annotations of the Services, which tell the cloud what to make."),
    sourceRanges: z
      .array(addressRange, { error: "a list of ranges such as 10.0.0.0/8" })
      .default([])
      .describe("Addresses that clients may come from. Default: all."),
    class: z
      .string()
      .optional()
      .describe("Class of the load balancers. Default: what the cluster makes by itself."),
  })
  .describe("One load balancer for each broker.");

/** How clients outside Kubernetes reach the brokers. */
export const externalAccess = z.discriminatedUnion("type", [none, nodePort, loadBalancer], {
  error: 'an object with type "nodePort", "loadBalancer" or "none"',
});

export type ExternalAccess = z.output<typeof externalAccess>;

/** `host:port` at which clients outside reach one broker; none without access from outside. */
export function advertisedAddress(access: ExternalAccess, node: number): string | undefined {
  const host = access.type === "none" ? undefined : access.addresses[node];
  if (host === undefined || access.type === "none") return undefined;
  return hostAndPort(host, access.type === "nodePort" ? brokerNodePort(access, node) : access.port);
}

/** The port that a broker has on every node of Kubernetes. */
export const brokerNodePort = (
  access: Extract<ExternalAccess, { type: "nodePort" }>,
  node: number,
): number => access.port + 1 + node;

/**
 * Names and addresses from outside that a broker's certificate must carry. A port of a node leads to
 * any broker when it is the bootstrap port, whichever node's address was asked.
 */
export function addressesOf(access: ExternalAccess, node: number): string[] {
  switch (access.type) {
    case "none":
      return [];
    case "nodePort":
      return [...new Set(access.addresses)];
    case "loadBalancer":
      return [...new Set([access.addresses[node], access.bootstrapAddress])].filter(
        (address) => address !== undefined,
      );
  }
}
