/** Deletes an object and waits until it is gone. */
import type { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import { KubernetesError } from "../../../clients/kubernetes/errors.ts";
import {
  type KubernetesObject,
  type ObjectReference,
  titleOf,
} from "../../../clients/kubernetes/objects.ts";
import type { OperationContext } from "../driver.ts";
import { annotation, DELETION_PROPAGATION, propagation } from "./annotations.ts";
import { pause, timeoutOf } from "./readiness.ts";
import { type Condition, podSelector } from "./workload.ts";

const OWNERS_OF_PODS = ["StatefulSet", "Deployment", "Job"];

/** `uid`, where it is known, spares an object of the same name that somebody made since. */
export async function deleteObject(
  api: KubernetesApi,
  reference: ObjectReference,
  declared: KubernetesObject,
  uid: string | undefined,
  context: OperationContext,
): Promise<void> {
  // The garbage collector, asked for a foreground deletion, takes seconds even where nothing is owned.
  const ownsPods = OWNERS_OF_PODS.includes(reference.kind);
  const asked = annotation(declared, DELETION_PROPAGATION) !== undefined;
  const policy = ownsPods || asked ? propagation(declared) : "Background";
  try {
    const { signal } = context;
    await api.delete(reference, { propagation: policy, ...(uid && { uid }), signal });
  } catch (error) {
    if (error instanceof KubernetesError && error.status === 409 && uid !== undefined) {
      const other = await api.get(reference);
      if (other?.metadata.uid !== uid) return;
    }
    throw error;
  }
  await awaitGone(api, reference, timeoutOf(declared, context), context, uid);
}

/** @throws Error that says what holds the deletion up */
export async function awaitGone(
  api: KubernetesApi,
  reference: ObjectReference,
  timeoutSeconds: number,
  context: OperationContext,
  uid?: string,
): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let shown = "";
  for (;;) {
    const live = await api.get(reference);
    if (live === undefined || (uid !== undefined && live.metadata.uid !== uid)) return;
    const detail = await holdUp(api, live);
    if (performance.now() >= deadline) {
      throw new Error(
        `${titleOf(reference)} was not gone within ${timeoutSeconds} s: ${detail}; its deletion goes on by itself, run again later`,
      );
    }
    if (detail !== shown) context.progress(`waiting until it is gone: ${detail}`);
    shown = detail;
    await pause(reference, context.signal);
  }
}

async function holdUp(api: KubernetesApi, live: KubernetesObject): Promise<string> {
  if (live.kind === "Namespace") return remainingContent(live);
  if (OWNERS_OF_PODS.includes(live.kind)) {
    const { namespace } = live.metadata;
    const labelSelector = podSelector(live);
    const pods = labelSelector === "" ? [] : await api.list("Pod", { namespace, labelSelector });
    if (pods.length > 0) return `${pods.length} pods stopping`;
  }
  const finalizers = live.metadata.finalizers ?? [];
  return finalizers.length === 0 ? "stopping" : `held by ${finalizers.join(", ")}`;
}

function remainingContent(namespace: KubernetesObject): string {
  const { conditions = [] } = (namespace["status"] ?? {}) as { conditions?: readonly Condition[] };
  const messages = conditions
    .filter(({ status }) => status === "True")
    .map(({ message = "" }) => message);
  return messages.join("; ") || "its content is being deleted";
}
