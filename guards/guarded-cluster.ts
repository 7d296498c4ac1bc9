import type { CompleteKubernetesCluster } from "../model/stack/cluster-identity.ts";
import { allNamespaces } from "../model/kubernetes/account-namespaces.ts";
import { nodesOf } from "../model/kubernetes/kubernetes-names.ts";
import { quantity } from "../model/values/quantity.ts";
import type { ClusterRequirements } from "./preflight.ts";
import { brokerNodePort } from "../model/kubernetes/kubernetes-access.ts";

/** A cluster on Kubernetes as its guards see it. */
export interface GuardedCluster extends ClusterRequirements {
  readonly context: string;
  readonly kubeconfig?: string | undefined;
  readonly name: string;
  /** How many of the brokers, the first ones, are voters of the controller quorum. */
  readonly controllers: number;
}

/** What its guards need of the settings of a cluster. Pure. */
export function guardedCluster(settings: CompleteKubernetesCluster): GuardedCluster {
  const { brokers } = settings;
  return {
    context: settings.context,
    kubeconfig: settings.kubeconfig,
    name: settings.name,
    namespace: settings.namespace,
    createNamespace: settings.createNamespace,
    accountNamespaces: allNamespaces(settings.accountNamespaces).filter(
      (namespace) => namespace !== settings.namespace,
    ),
    brokers,
    spread: settings.spread,
    controllers: settings.directoryIds.length,
    storageClass: settings.storage.class,
    priorityClass: settings.priorityClass,
    nodePorts: nodePorts(settings),
    resources: {
      pods: brokers,
      persistentvolumeclaims: brokers,
      "requests.cpu": brokers * (quantity(settings.cpu) ?? 0),
      "requests.memory": brokers * settings.memory,
      "limits.memory": brokers * settings.memory,
      "requests.storage": brokers * settings.storage.size,
    },
  };
}

/** That of the bootstrap Service, and behind it one for each broker. */
function nodePorts({ access, brokers }: CompleteKubernetesCluster): number[] {
  if (access.type !== "nodePort") return [];
  return [access.port, ...nodesOf(brokers).map((node) => brokerNodePort(access, node))];
}
