interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly ownerReferences?: readonly unknown[];
  };
}

type Kubectl = (...args: readonly string[]) => Promise<string>;

/** What Kubernetes makes by itself and keeps changing. */
const OF_THE_CLUSTER = /^(events|events\.events\.k8s\.io|endpoints|leases\.coordination\.k8s\.io)$/;
/** Given by the API server, another one each time. */
const GIVEN = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"];
const GIVEN_IN_SPEC = ["clusterIP", "clusterIPs", "volumeName"];

/**
 * What kubectl sees in a namespace, and the namespace itself, by kind and name; what others made of it
 * (pods, endpoints) and what the API server gives (ids, addresses) taken out.
 *
 * @param kubectl runs in that namespace
 */
export async function kubernetesObjects(kubectl: Kubectl, namespace: string): Promise<unknown> {
  const listed = await kubectl(
    ...["api-resources", "--namespaced", "--verbs=list,create", "--output", "name"],
  );
  const kinds = listed.trim().split("\n");
  const wanted = kinds.filter((kind) => !OF_THE_CLUSTER.test(kind)).join(",");
  const own = await kubectl("get", "namespace", namespace, "--output", "json");
  const inside = await kubectl("get", wanted, "--output", "json");
  const { items } = JSON.parse(inside) as { items: KubernetesObject[] };
  const all = [JSON.parse(own) as KubernetesObject, ...items];
  return Object.fromEntries(
    all
      .filter(({ metadata }) => metadata.ownerReferences === undefined)
      .map((object) => [`${object.kind}/${object.metadata.name}`, lasting(object)]),
  );
}

function lasting(given: KubernetesObject): unknown {
  // A Job finds its pods by its own id.
  const text = JSON.stringify(given).replaceAll(String(given.metadata["uid"]), "<its uid>");
  const object = JSON.parse(text) as KubernetesObject & { readonly spec?: object };
  const { metadata, spec } = object;
  return {
    ...object,
    metadata: without(metadata, GIVEN),
    spec: without(spec, GIVEN_IN_SPEC),
    status: undefined,
  };
}

const without = (object: object | undefined, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(object ?? {}).filter(([key]) => !keys.includes(key)));
