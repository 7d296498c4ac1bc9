import { Connection } from "./connection.ts";
import { isNotFound } from "./errors.ts";
import { type ObjectEvent, toEvent } from "./events.ts";
import type { ClusterTarget } from "./kubeconfig.ts";
import {
  collectionPath,
  type Kind,
  KINDS,
  type KubernetesObject,
  objectPath,
  type ObjectReference,
  titleOf,
} from "./objects.ts";

export interface ApplyOptions {
  /** Who owns the fields from now on; what it no longer names is removed. */
  readonly fieldManager: string;
  /** Takes over fields others have set, instead of refusing. Default: as the connection does. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** How a connection is used unless an operation says otherwise. */
export interface ApiOptions extends ClusterTarget {
  /** Takes over fields that others have set, in every apply. Default: false. */
  readonly force?: boolean | undefined;
}

export interface DeleteOptions {
  /** Whether what the object owns goes first, afterwards, or stays. */
  readonly propagation?: "Foreground" | "Background" | "Orphan";
  /** Only this very object, not a successor of the same name. */
  readonly uid?: string;
  readonly signal?: AbortSignal;
}

export interface Selection {
  readonly namespace?: string | undefined;
  /** Such as `app=kafka,tier!=ui`. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly signal?: AbortSignal;
}

/** One question about the user's own rights. */
export interface Access {
  readonly verb: string;
  readonly kind: Kind;
  readonly namespace?: string;
  /** Such as `proxy` of pods. */
  readonly subresource?: string;
}

export interface LogOptions {
  /** Needed only where the pod has several. */
  readonly container?: string;
  /** Of the container's last but one run. */
  readonly previous?: boolean;
  readonly lines?: number;
}

/**
 * The Kubernetes API of one cluster: the only user of the Kubernetes client library. Objects are
 * plain JSON, so that what the library's types do not know is not lost. Failures are thrown as a
 * {@link KubernetesError}; requests are repeated while the API server is overloaded or restarting.
 */
export class KubernetesApi {
  readonly #connection: Connection;
  readonly #force: boolean;

  private constructor(connection: Connection, force: boolean) {
    this.#connection = connection;
    this.#force = force;
  }

  /** Asks the API server for its version, so that it is known to answer and to accept the user. */
  static async connect({ force = false, ...target }: ApiOptions): Promise<KubernetesApi> {
    const api = new KubernetesApi(await Connection.open(target), force);
    await api.version();
    return api;
  }

  get context(): string {
    return this.#connection.context;
  }

  get server(): string {
    return this.#connection.server;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** The server's version, such as `v1.33.13`. */
  async version(): Promise<string> {
    const request = { doing: "use the cluster", method: "GET", path: "/version" } as const;
    return (await this.#connection.json<{ gitVersion: string }>(request)).gitVersion;
  }

  /** The object, or undefined when there is none. */
  async get(
    reference: ObjectReference,
    signal?: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    const doing = `read ${titleOf(reference)}`;
    try {
      const path = objectPath(reference);
      return await this.#connection.json({ doing, method: "GET", path, signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Server-side apply: creates the object or changes the fields given. Unknown fields are refused. */
  apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> {
    const { name, namespace } = object.metadata;
    const reference = { kind: object.kind as Kind, name, namespace };
    return this.#connection.json({
      doing: `apply ${titleOf(reference)}`,
      method: "PATCH",
      path: objectPath(reference),
      query: {
        fieldManager: options.fieldManager,
        force: String(options.force ?? this.#force),
        fieldValidation: "Strict",
      },
      contentType: "application/apply-patch+yaml",
      body: object,
      signal: options.signal,
    });
  }

  /** Begins the deletion; finalizers may hold it up. An absent object counts as deleted. */
  async delete(reference: ObjectReference, options: DeleteOptions = {}): Promise<void> {
    const { propagation = "Foreground", uid, signal } = options;
    try {
      await this.#connection.text({
        doing: `delete ${titleOf(reference)}`,
        method: "DELETE",
        path: objectPath(reference),
        body: {
          apiVersion: "v1",
          kind: "DeleteOptions",
          propagationPolicy: propagation,
          ...(uid !== undefined && { preconditions: { uid } }),
        },
        signal,
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async list(kind: Kind, selection: Selection = {}): Promise<readonly KubernetesObject[]> {
    const { namespace, labelSelector, fieldSelector, signal } = selection;
    const place = namespace === undefined ? "" : ` in namespace ${namespace}`;
    const { items } = await this.#connection.json<{ items: Omit<KubernetesObject, "kind">[] }>({
      doing: `list ${KINDS[kind].plural}${place}`,
      method: "GET",
      path: collectionPath(kind, namespace),
      query: { labelSelector, fieldSelector },
      signal,
    });
    // The items of a list carry neither.
    return items.map((item) => ({
      ...item,
      metadata: item["metadata"] as KubernetesObject["metadata"],
      apiVersion: KINDS[kind].apiVersion,
      kind,
    }));
  }

  /** What was reported of one object, the oldest first. */
  async events(uid: string, namespace: string, signal?: AbortSignal): Promise<ObjectEvent[]> {
    const fieldSelector = `involvedObject.uid=${uid}`;
    const found = await this.list("Event", {
      namespace,
      fieldSelector,
      ...(signal && { signal }),
    });
    return found
      .map(toEvent)
      .sort((a, b) => (a.lastSeen < b.lastSeen ? -1 : a.lastSeen > b.lastSeen ? 1 : 0));
  }

  /** The last lines a container wrote. */
  podLog(namespace: string, pod: string, options: LogOptions): Promise<string> {
    const { container, previous = false, lines = 10 } = options;
    return this.#connection.text({
      doing: `read the log of pod ${namespace}/${pod}`,
      method: "GET",
      path: `${objectPath({ kind: "Pod", namespace, name: pod })}/log`,
      query: { container, previous: String(previous), tailLines: String(lines) },
    });
  }

  /** A GET to a port of a pod, through the API server: `path` begins with a slash. */
  podGet(namespace: string, pod: string, port: number, path: string): Promise<string> {
    return this.#connection.text({
      doing: `ask port ${port} of pod ${namespace}/${pod} for ${path}`,
      method: "GET",
      path: `${objectPath({ kind: "Pod", namespace, name: `${pod}:${port}` })}/proxy${path}`,
      once: true,
    });
  }

  /** Whether the user may do this (SelfSubjectAccessReview). */
  async may({ verb, kind, namespace, subresource }: Access): Promise<boolean> {
    const { apiVersion, plural } = KINDS[kind];
    const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
    const resourceAttributes = { verb, group, resource: plural, namespace, subresource };
    const review = await this.#connection.json<{ status: { allowed: boolean } }>({
      doing: "ask for the user's rights",
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes },
      },
    });
    return review.status.allowed;
  }
}
