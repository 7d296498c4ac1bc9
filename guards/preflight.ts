/** What the API of a cluster says about what a Kafka cluster needs of it. */
export interface ClusterFacts {
  /** `verb resource (namespace …)` that the user may not do. */
  readonly denied: readonly string[];
  readonly namespaceExists: boolean;
  /** Namespaces of accounts that do not exist, as far as the user may look. */
  readonly missingNamespaces: readonly string[];
  /** The class of the volumes, undefined when there is none of that name. */
  readonly storageClass:
    { readonly reclaimPolicy: string; readonly allowVolumeExpansion: boolean } | undefined;
  /** Undefined where the user may not list them; then they are not judged. */
  readonly storageClasses: readonly string[] | undefined;
  /** Undefined where the user may not list them; then they are not judged. */
  readonly priorityClasses: readonly string[] | undefined;
  /** Nodes that accept ordinary pods; undefined where the user may not list nodes. */
  readonly schedulableNodes: number | undefined;
  /** NodePorts in use, and the Service (`namespace/name`) that has each. */
  readonly nodePorts: Readonly<Record<number, string>>;
  /** Quota of the namespace: what is left, in base units (bytes, cores, pieces). */
  readonly quotas: readonly { readonly resource: string; readonly left: number }[];
}

/** What the cluster to be made needs, in the same terms. */
export interface ClusterRequirements {
  readonly namespace: string;
  readonly createNamespace: boolean;
  /** Where Secrets of accounts are, besides there. */
  readonly accountNamespaces: readonly string[];
  readonly storageClass: string;
  /** That of the brokers. @default none is needed */
  readonly priorityClass?: string | undefined;
  readonly brokers: number;
  readonly spread: "required" | "preferred";
  readonly nodePorts: readonly number[];
  /** What the objects add up to, by the names of Kubernetes' quotas. */
  readonly resources: Readonly<Record<string, number>>;
}

export interface Preflight {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** Everything that would make an `up` fail half-way, said before anything is made. Pure. */
export function assessPreflight(facts: ClusterFacts, required: ClusterRequirements): Preflight {
  const faults = [
    ...facts.denied.map((right) => `you may not ${right}`),
    ...namespaceFaults(facts, required),
    ...facts.missingNamespaces.map(
      (namespace) =>
        `namespace ${namespace} does not exist; cluster.accountNamespaces puts Secrets there, so make it first`,
    ),
    ...storageFaults(facts, required),
    ...priorityFaults(facts, required),
    ...spreadFaults(facts, required),
    ...required.nodePorts.flatMap((port) => {
      const holder = facts.nodePorts[port];
      return holder === undefined ? [] : [`NodePort ${port} is taken by Service ${holder}`];
    }),
    ...facts.quotas.flatMap(({ resource, left }) => {
      const wanted = required.resources[resource] ?? 0;
      return wanted > left
        ? [`the namespace's quota leaves ${left} of ${resource}; wanted ${wanted}`]
        : [];
    }),
  ];
  return { faults, warnings: storageWarnings(facts, required) };
}

function namespaceFaults(
  { namespaceExists }: ClusterFacts,
  required: ClusterRequirements,
): string[] {
  const { namespace, createNamespace } = required;
  if (createNamespace && namespaceExists) {
    return [
      `namespace ${namespace} exists already; to use it as it is, set cluster.createNamespace: false`,
    ];
  }
  if (!createNamespace && !namespaceExists) {
    return [
      `namespace ${namespace} does not exist; to have it made, set cluster.createNamespace: true`,
    ];
  }
  return [];
}

function storageFaults(
  { storageClass, storageClasses }: ClusterFacts,
  required: ClusterRequirements,
): string[] {
  if (storageClass || storageClasses === undefined) return [];
  return [
    `there is no storage class "${required.storageClass}"; there are: ${named(storageClasses)}`,
  ];
}

/** Without it the StatefulSet is made, and none of its pods. */
function priorityFaults(
  { priorityClasses }: ClusterFacts,
  { priorityClass }: ClusterRequirements,
): string[] {
  if (priorityClass === undefined || priorityClasses === undefined) return [];
  if (priorityClasses.includes(priorityClass)) return [];
  return [
    `there is no priority class "${priorityClass}"; there are: ${named(priorityClasses)}. ` +
      "Make it, or name one of these in cluster.priorityClass",
  ];
}

const named = (names: readonly string[]): string => [...names].sort().join(", ") || "none";

function spreadFaults(
  { schedulableNodes }: ClusterFacts,
  { spread, brokers }: ClusterRequirements,
): string[] {
  if (spread === "preferred" || (schedulableNodes ?? brokers) >= brokers) return [];
  return [
    `spread "required" wants a node for each of the ${brokers} brokers; ` +
      `${schedulableNodes} accept pods. Add nodes, or set cluster.spread: preferred`,
  ];
}

function storageWarnings({ storageClass }: ClusterFacts, required: ClusterRequirements): string[] {
  if (!storageClass) return [];
  const name = `storage class "${required.storageClass}"`;
  return [
    ...(storageClass.reclaimPolicy === "Retain"
      ? []
      : [
          `${name} has reclaim policy ${storageClass.reclaimPolicy}: a deleted claim takes its records along`,
        ]),
    ...(storageClass.allowVolumeExpansion ? [] : [`${name} does not let volumes grow`]),
  ];
}
