import { BROKER_PORT, EXTERNAL_PORT } from "../../model/kubernetes/kubernetes-listeners.ts";
import { CONTROLLER_PORT, METRICS_PORT } from "../../model/broker/listeners.ts";
import type { Fields } from "../fields.ts";
import {
  PRODUCTION,
  EVERYWHERE,
  type ResourceRule,
  SHARED,
  show,
  type StackRule,
  when,
} from "../rule.ts";
import type { Stack, Subject } from "../subject.ts";
import { WORKLOADS } from "../types.ts";
import { NETWORK_POLICY, SERVICE } from "../../model/stack/resource-types.ts";
import { namespaceOf, podLabels, selects } from "../workloads.ts";

const COMPONENT = "app.kubernetes.io/component";
/** Ports that only brokers may use among themselves. */
const AMONG_BROKERS: readonly (string | number)[] = [BROKER_PORT, CONTROLLER_PORT];

/** Whether a peer of a rule is everybody: no selector at all, or every address there is. */
const isEverybody = (peer: Fields): boolean =>
  ["0.0.0.0/0", "::/0"].includes(peer.in("ipBlock").text("cidr") ?? "") ||
  (peer.has("namespaceSelector") && isEmpty(peer.in("namespaceSelector")));

const isEmpty = (selector: Fields): boolean =>
  selector.list("matchExpressions").length === 0 &&
  Object.keys(selector.map("matchLabels")).length === 0;

const isBroker = (peer: Fields): boolean =>
  !peer.has("namespaceSelector") &&
  !peer.has("ipBlock") &&
  peer.in("podSelector").map("matchLabels")[COMPONENT] === "broker";

const isWholeNamespace = (peer: Fields): boolean =>
  peer.has("podSelector") && isEmpty(peer.in("podSelector")) && !peer.has("namespaceSelector");

/** Whether a policy may be one of brokers: it names them, or does not say whose it is. */
const mayBeOfBrokers = (spec: Fields): boolean =>
  (spec.in("podSelector").map("matchLabels")[COMPONENT] ?? "broker") === "broker";

function ingressFaults(rule: Fields, ofBrokers: boolean): string[] {
  const peers = rule.list("from");
  const open = peers.length === 0 || peers.some(isEverybody);
  const ports = rule.list("ports");
  if (ports.length === 0) return [`${rule.path} opens every port; wanted the ports by number`];
  return ports.flatMap((one) => {
    const port = one.scalar("port") ?? "every port";
    const at = `${rule.path} opens ${port}`;
    // The controllers' port is Alertmanager's too.
    if (ofBrokers && AMONG_BROKERS.includes(port)) {
      const others = open || !peers.every(isBroker);
      return when(others, `${at} to others than brokers`);
    }
    const metrics = port === METRICS_PORT && peers.some(isWholeNamespace);
    return [
      ...when(open && port !== EXTERNAL_PORT, `${at} to everybody`),
      ...when(metrics, `${at} to every pod of the namespace; wanted Prometheus and the UI`),
    ];
  });
}

/** Rules on who reaches what, one object at a time. */
export const NETWORK_RULES: readonly ResourceRule[] = [
  {
    id: "network-ports",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [NETWORK_POLICY],
    title:
      "Brokers' own ports are open to brokers, metrics to who reads them, nothing but 9094 to all",
    reason:
      "Who reaches the controller's port is one password away from the cluster; metrics tell of " +
      "topics and their traffic.",
    fix: "Name who may come in: cluster.clientNamespaces, uiNamespaces, monitoringNamespace.",
    check({ fields }) {
      const spec = fields.in("spec");
      return [
        ...spec.list("ingress").flatMap((rule) => ingressFaults(rule, mayBeOfBrokers(spec))),
        ...spec
          .list("egress")
          .flatMap((rule) =>
            when(
              rule.list("to").length === 0 || rule.list("to").some(isEverybody),
              `${rule.path} lets pods call everybody`,
            ),
          ),
      ];
    },
  },
  {
    id: "service-exposure",
    level: "mandatory",
    environments: SHARED,
    types: [SERVICE],
    title: "From outside only the external listener is reached",
    reason:
      "The other ports have no name outside; the UI and the metrics are nobody's business there.",
    fix: "Use ClusterIP, and a port-forward or an ingress for the UI.",
    check({ fields }) {
      const spec = fields.in("spec");
      const type = spec.text("type") ?? "ClusterIP";
      const outside = ["NodePort", "LoadBalancer"].includes(type);
      const others = spec.list("ports").filter((port) => {
        const target = port.scalar("targetPort") ?? port.scalar("port");
        return target !== "external" && target !== EXTERNAL_PORT;
      });
      return [
        ...when(spec.texts("externalIPs").length > 0, "externalIPs is set"),
        ...when(type === "ExternalName", "the type is ExternalName"),
        ...(outside ? others : []).map((port) => {
          const target = port.scalar("targetPort") ?? port.scalar("port");
          return `a ${type} leads to ${show(target)}; wanted the external listener only`;
        }),
      ];
    },
  },
  {
    id: "service-sources",
    level: "advisory",
    environments: PRODUCTION,
    types: [SERVICE],
    title: "Load balancers take calls from known addresses",
    reason: "TLS and a login guard the listener; a known address is one thing more to get past.",
    fix: "Set cluster.access.sourceRanges.",
    check({ fields }) {
      const spec = fields.in("spec");
      const ranges = spec.texts("loadBalancerSourceRanges");
      const open = ranges.length === 0 || ranges.includes("0.0.0.0/0");
      return when(
        spec.text("type") === "LoadBalancer" && open,
        "loadBalancerSourceRanges is missing or has everybody; wanted ranges",
      );
    },
  },
];

/** Whether a policy closes both directions and opens nothing. */
const deniesAll = ({ fields }: Subject): boolean => {
  const spec = fields.in("spec");
  const types = spec.texts("policyTypes");
  return (
    types.includes("Ingress") &&
    types.includes("Egress") &&
    spec.list("ingress").length === 0 &&
    spec.list("egress").length === 0
  );
};

/** Rules on who reaches what, all objects together. */
export const NETWORK_TOGETHER_RULES: readonly StackRule[] = [
  {
    id: "network-default-deny",
    level: "mandatory",
    environments: EVERYWHERE,
    title: "Pods reach nothing and are reached by nobody, unless a policy says so",
    reason: "Without it whatever no policy mentions is open.",
    fix: "Keep the policy that denies all, with a selector that finds every pod.",
    checkStack: (stack: Stack) =>
      stack.ofType(...WORKLOADS).flatMap((workload) => {
        const closed = stack
          .ofType(NETWORK_POLICY)
          .some(
            (policy) =>
              namespaceOf(policy) === namespaceOf(workload) &&
              deniesAll(policy) &&
              selects(
                policy.fields.in("spec", "podSelector").map("matchLabels"),
                podLabels(workload),
              ),
          );
        const message = "no NetworkPolicy denies all to and from its pods";
        return closed ? [] : [{ urn: workload.resource.urn, message }];
      }),
  },
];
