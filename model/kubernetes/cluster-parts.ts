import { clusterNames, type ClusterScope, nodesOf } from "./kubernetes-names.ts";

/**
 * What a cluster on Kubernetes cannot lose, by logical name: where each part is. Another place is another
 * object, and what was on the old one is not on it.
 */
export type ClusterParts = Readonly<Record<string, string>>;

export interface ClusterPartsArgs extends ClusterScope {
  readonly createNamespace: boolean;
  readonly storage: { readonly class: string };
  readonly brokers: number;
  readonly retiredBrokers: readonly number[];
}

/** Logical names of the parts. @param name that of the cluster's component */
export const partNames = (name: string) => ({
  namespace: `${name}-namespace`,
  brokers: name,
  volume: (node: number) => `${name}-data-${String(node)}`,
});

/** @param name logical name of the cluster's component */
export function clusterParts(name: string, args: ClusterPartsArgs): ClusterParts {
  const { namespace, storage } = args;
  const [logical, names] = [partNames(name), clusterNames(args)];
  // The volume of a broker that has left is kept as long as it is listed.
  const nodes = [...nodesOf(args.brokers), ...args.retiredBrokers];
  return {
    ...(args.createNamespace && { [logical.namespace]: `namespace ${namespace}` }),
    [logical.brokers]: `StatefulSet ${namespace}/${names.brokers}`,
    ...Object.fromEntries(
      nodes.map((node) => [
        logical.volume(node),
        `claim ${namespace}/${names.claim(node)} of class ${storage.class}`,
      ]),
    ),
  };
}
