/** Pure: whether a PersistentVolumeClaim is as ready as it can become by itself. */
import type { ObjectEvent } from "../../../clients/kubernetes/events.ts";
import type { KubernetesObject } from "../../../clients/kubernetes/objects.ts";
import { type RolloutProgress, waiting } from "./rollout.ts";

/** When the class makes volumes; undefined where that is not known. */
export type BindingMode =
  | "Immediate"
  | "WaitForFirstConsumer"
  | { readonly missing: string; readonly there: readonly string[] }
  | undefined;

const FIRST_CONSUMER = "WaitForFirstConsumer";

/** A claim that waits for its first pod is done: the pod comes later, and waits for the claim. */
export function judgeClaim(
  claim: KubernetesObject,
  mode: BindingMode,
  events: readonly ObjectEvent[],
): RolloutProgress {
  const { phase = "Pending" } = (claim["status"] ?? {}) as { phase?: string };
  if (phase === "Bound") return { state: "ready" };
  if (phase === "Lost") {
    return { state: "failed", reason: "its volume is lost: it was deleted while the claim had it" };
  }
  if (typeof mode === "object") {
    const list = mode.there.map((name) => `"${name}"`).join(", ") || "none";
    const reason = `there is no storage class "${mode.missing}"; there are: ${list}`;
    return { state: "failed", reason };
  }
  if (mode === FIRST_CONSUMER || events.some(({ reason }) => reason === FIRST_CONSUMER)) {
    return { state: "ready" };
  }
  const last = events.at(-1);
  return waiting(last === undefined ? "waiting for a volume" : `${last.reason}: ${last.message}`);
}
