/** What the API of a cluster says about what a Kafka cluster needs of it. */
export interface ClusterFacts {
  /** `verb resource` that the user may not do in the namespace. */
  readonly denied: readonly string[];
  readonly namespaceExists: boolean;
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

/** What the cluster to be made wants, in the same terms. */
export interface Wants {
  readonly namespace: string;
  readonly createNamespace: boolean;
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
export function judgePreflight(facts: ClusterFacts, wants: Wants): Preflight {
  const faults = [
    ...facts.denied.map((right) => `you may not ${right} (namespace ${wants.namespace})`),
    ...namespaceFaults(facts, wants),
    ...storageFaults(facts, wants),
    ...priorityFaults(facts, wants),
    ...spreadFaults(facts, wants),
    ...wants.nodePorts.flatMap((port) => {
      const holder = facts.nodePorts[port];
      return holder === undefined ? [] : [`NodePort ${port} is taken by Service ${holder}`];
    }),
    ...facts.quotas.flatMap(({ resource, left }) => {
      const wanted = wants.resources[resource] ?? 0;
      return wanted > left
        ? [`the namespace's quota leaves ${left} of ${resource}; wanted ${wanted}`]
        : [];
    }),
  ];
  return { faults, warnings: storageWarnings(facts, wants) };
}

function namespaceFaults({ namespaceExists }: ClusterFacts, wants: Wants): string[] {
  const { namespace, createNamespace } = wants;
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

function storageFaults({ storageClass, storageClasses }: ClusterFacts, wants: Wants): string[] {
  if (storageClass || storageClasses === undefined) return [];
  return [`there is no storage class "${wants.storageClass}"; there are: ${named(storageClasses)}`];
}

/** Without it the StatefulSet is made, and none of its pods. */
function priorityFaults({ priorityClasses }: ClusterFacts, { priorityClass }: Wants): string[] {
  if (priorityClass === undefined || priorityClasses === undefined) return [];
  if (priorityClasses.includes(priorityClass)) return [];
  return [
    `there is no priority class "${priorityClass}"; there are: ${named(priorityClasses)}. ` +
      "Make it, or name one of these in cluster.priorityClass",
  ];
}

const named = (names: readonly string[]): string => [...names].sort().join(", ") || "none";

function spreadFaults({ schedulableNodes }: ClusterFacts, { spread, brokers }: Wants): string[] {
  if (spread === "preferred" || (schedulableNodes ?? brokers) >= brokers) return [];
  return [
    `spread "required" wants a node for each of the ${brokers} brokers; ` +
      `${schedulableNodes} accept pods. Add nodes, or set cluster.spread: preferred`,
  ];
}

function storageWarnings({ storageClass }: ClusterFacts, wants: Wants): string[] {
  if (!storageClass) return [];
  const name = `storage class "${wants.storageClass}"`;
  return [
    ...(storageClass.reclaimPolicy === "Retain"
      ? []
      : [
          `${name} has reclaim policy ${storageClass.reclaimPolicy}: a deleted claim takes its records along`,
        ]),
    ...(storageClass.allowVolumeExpansion ? [] : [`${name} does not let volumes grow`]),
  ];
}
