import type { KubernetesApi } from "../clients/kubernetes/api.ts";
import type { Kind, KubernetesObject } from "../clients/kubernetes/objects.ts";
import { quantity } from "../model/values/quantity.ts";
import type { ClusterFacts, ClusterRequirements } from "./preflight.ts";

/** What is made in the namespace. */
const MADE: readonly Kind[] = [
  "ConfigMap",
  "Deployment",
  "Job",
  "NetworkPolicy",
  "PersistentVolumeClaim",
  "PodDisruptionBudget",
  "Secret",
  "Service",
  "ServiceAccount",
  "StatefulSet",
];

/** Asks the API for everything that {@link ClusterRequirements} is judged by. What may not be read is not judged. */
export async function clusterFacts(
  api: KubernetesApi,
  required: ClusterRequirements,
): Promise<ClusterFacts> {
  const { namespace } = required;
  const [found, missing, denied, classes, priorities, nodes, services, quotas] = await Promise.all([
    api.get({ kind: "Namespace", name: namespace }),
    missingNamespaces(api, required),
    deniedRights(api, required),
    listed(api, "StorageClass"),
    listed(api, "PriorityClass"),
    listed(api, "Node"),
    listed(api, "Service"),
    listed(api, "ResourceQuota", namespace),
  ]);
  const storageClass = classes?.find(({ metadata }) => metadata.name === required.storageClass);
  return {
    denied,
    namespaceExists: found !== undefined,
    missingNamespaces: missing,
    ...(classes === undefined
      ? { storageClass: undefined, storageClasses: undefined }
      : {
          storageClass: storageClass && {
            reclaimPolicy: (storageClass["reclaimPolicy"] as string | undefined) ?? "Delete",
            allowVolumeExpansion: storageClass["allowVolumeExpansion"] === true,
          },
          storageClasses: classes.map(({ metadata }) => metadata.name),
        }),
    priorityClasses: priorities?.map(({ metadata }) => metadata.name),
    schedulableNodes: nodes?.filter(acceptsPods).length,
    nodePorts: Object.fromEntries((services ?? []).flatMap(nodePortsOf)),
    quotas: (quotas ?? []).flatMap(whatIsLeft),
  };
}

async function missingNamespaces(
  api: KubernetesApi,
  { accountNamespaces }: ClusterRequirements,
): Promise<string[]> {
  if (accountNamespaces.length === 0) return [];
  if (!(await api.may({ verb: "get", kind: "Namespace" }))) return [];
  const found = await Promise.all(
    accountNamespaces.map((name) => api.get({ kind: "Namespace", name })),
  );
  return accountNamespaces.filter((_, index) => found[index] === undefined);
}

interface Right {
  readonly verb: string;
  readonly kind: Kind;
  readonly namespace?: string;
  readonly subresource?: string;
}

async function deniedRights(api: KubernetesApi, required: ClusterRequirements): Promise<string[]> {
  const { namespace, createNamespace, accountNamespaces } = required;
  const rights: readonly Right[] = [
    ...(createNamespace ? [{ verb: "create", kind: "Namespace" } as const] : []),
    ...MADE.flatMap((kind) => [
      { verb: "create", kind, namespace },
      { verb: "patch", kind, namespace },
    ]),
    ...accountNamespaces.flatMap((other) => [
      { verb: "create", kind: "Secret", namespace: other } as const,
      { verb: "patch", kind: "Secret", namespace: other } as const,
    ]),
    // Another version of a job can only take the place of the one before.
    { verb: "delete", kind: "Job", namespace },
    // How the brokers are looked at before they are restarted, and a sick one is, first of all.
    { verb: "get", kind: "Pod", namespace, subresource: "proxy" },
    { verb: "delete", kind: "Pod", namespace },
  ];
  const answers = await Promise.all(
    rights.map(async (right) => ((await api.may(right)) ? undefined : right)),
  );
  return answers.flatMap((right) => {
    if (right === undefined) return [];
    const { verb, kind, subresource, namespace: where = namespace } = right;
    const what = subresource === undefined ? kind : `${kind}/${subresource}`;
    return [`${verb} ${what} (namespace ${where})`];
  });
}

/** The objects, or undefined where the user may not list them. */
async function listed(
  api: KubernetesApi,
  kind: Kind,
  namespace?: string,
): Promise<readonly KubernetesObject[] | undefined> {
  return (await api.may({ verb: "list", kind, ...(namespace === undefined ? {} : { namespace }) }))
    ? api.list(kind, { namespace })
    : undefined;
}

function acceptsPods(node: KubernetesObject): boolean {
  const { unschedulable, taints = [] } = node["spec"] as {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly effect: string }[];
  };
  return unschedulable !== true && !taints.some(({ effect }) => effect !== "PreferNoSchedule");
}

function nodePortsOf({ metadata, spec }: KubernetesObject): [number, string][] {
  const { ports = [] } = (spec ?? {}) as {
    readonly ports?: readonly { readonly nodePort?: number }[];
  };
  return ports.flatMap(({ nodePort }) =>
    nodePort === undefined ? [] : [[nodePort, `${metadata.namespace ?? ""}/${metadata.name}`]],
  );
}

function whatIsLeft({ status }: KubernetesObject): { resource: string; left: number }[] {
  const { hard = {}, used = {} } = (status ?? {}) as Readonly<
    Partial<Record<"hard" | "used", Readonly<Record<string, string>>>>
  >;
  return Object.entries(hard).map(([resource, limit]) => ({
    resource,
    left: (quantity(limit) ?? Infinity) - (quantity(used[resource] ?? "0") ?? 0),
  }));
}
