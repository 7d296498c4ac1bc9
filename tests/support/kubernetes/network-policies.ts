import { BlockList, isIPv6 } from "node:net";

/** What the evaluator reads of a NetworkPolicy: the part of the API that this project uses. */
export interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

/** One end of a connection: a pod, or an address outside Kubernetes. */
export type End =
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly address: string };

export interface Flow {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol?: "TCP" | "UDP";
}

/** Whether a connection can be made, by the rules of the NetworkPolicy API. */
export const isOpen = (policies: readonly Policy[], flow: Flow): boolean =>
  passes(policies, "Egress", flow.from, flow.to, flow) &&
  passes(policies, "Ingress", flow.to, flow.from, flow);

/** A pod that no policy selects is open; one that some select is open for what any of them allows. */
function passes(
  policies: readonly Policy[],
  direction: "Ingress" | "Egress",
  pod: End,
  other: End,
  flow: Flow,
): boolean {
  if ("address" in pod) return true;
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      spec.policyTypes.includes(direction) &&
      matches(spec.podSelector, pod.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ metadata, spec }) => {
    const rules = (direction === "Ingress" ? spec.ingress : spec.egress) ?? [];
    return rules.some((rule) => {
      const peers = direction === "Ingress" ? rule.from : rule.to;
      const there =
        peers === undefined ||
        peers.length === 0 ||
        peers.some((peer) => isPeer(peer, other, metadata.namespace));
      return there && isPort(rule, flow);
    });
  });
}

const isPort = ({ ports }: Rule, { port, protocol = "TCP" }: Flow) =>
  ports === undefined || ports.some((one) => one.port === port && one.protocol === protocol);

function isPeer(peer: Peer, end: End, policyNamespace: string): boolean {
  if (peer.ipBlock) return "address" in end && inRange(peer.ipBlock.cidr, end.address);
  if ("address" in end) return false;
  const namespaces = peer.namespaceSelector;
  const inNamespace = namespaces
    ? matches(namespaces, { "kubernetes.io/metadata.name": end.namespace })
    : end.namespace === policyNamespace;
  return inNamespace && matches(peer.podSelector ?? {}, end.labels);
}

const matches = ({ matchLabels = {} }: Selector, labels: Readonly<Record<string, string>>) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value);

function inRange(cidr: string, address: string): boolean {
  const [network = "", bits = ""] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(bits), isIPv6(network) ? "ipv6" : "ipv4");
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
