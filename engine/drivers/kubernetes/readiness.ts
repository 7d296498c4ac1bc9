/** Waits until an object has become ready, says what for, and ends early when waiting cannot help. */
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import {
  type KubernetesObject,
  type ObjectReference,
  titleOf,
} from "../../../clients/kubernetes/objects.ts";
import type { OperationContext } from "../driver.ts";
import { annotation, SKIP_AWAIT, TIMEOUT_SECONDS } from "./annotations.ts";
import type { ResourceKind } from "./kinds.ts";
import type { Observer } from "./observe.ts";
import type { Trouble } from "./pod-health.ts";

const DEFAULT_TIMEOUT_SECONDS = 600;
const POLL_MILLISECONDS = 500;

/** The option customTimeouts, else the annotation, else ten minutes: the real provider's order. */
export function timeoutOf(object: KubernetesObject, context: OperationContext): number {
  const annotated = annotation(object, TIMEOUT_SECONDS);
  return context.timeoutSeconds ?? Number(annotated ?? DEFAULT_TIMEOUT_SECONDS);
}

/**
 * @returns the object as it was when it was found ready
 * @throws Error with the reason, and the last log lines where a container is to blame
 */
export async function awaitReady(
  api: KubernetesApi,
  observer: Observer,
  { readiness }: ResourceKind,
  reference: ObjectReference,
  live: KubernetesObject,
  context: OperationContext,
): Promise<KubernetesObject> {
  if (annotation(live, SKIP_AWAIT) === "true") return live;
  const timeoutSeconds = timeoutOf(live, context);
  const deadline = performance.now() + timeoutSeconds * 1000;
  const patience = new Patience();
  let shown = "";
  for (;;) {
    const verdict = await observer.look(readiness);
    if (verdict.state === "ready") return verdict.live ?? live;
    const fail = (reason: string, pod?: string, container?: string): Promise<never> =>
      failed(api, reference, reason, pod, container);
    if (verdict.state === "failed") return fail(verdict.reason, verdict.pod);
    const final = patience.exhausted(verdict.troubles);
    if (final !== undefined) {
      const about = final.pod === undefined ? final.reason : `${final.pod}: ${final.reason}`;
      return fail(about, final.container && final.pod, final.container);
    }
    if (performance.now() >= deadline) {
      return fail(`not within ${timeoutSeconds} s: ${verdict.detail}`);
    }
    if (shown !== verdict.detail) context.progress(verdict.detail);
    shown = verdict.detail;
    await pause(reference, context.signal);
  }
}

/** Sleeps between two looks. */
export async function pause(reference: ObjectReference, signal: AbortSignal): Promise<void> {
  try {
    await sleep(POLL_MILLISECONDS, undefined, { signal });
  } catch {
    throw new Error(`interrupted while waiting for ${titleOf(reference)}`);
  }
}

/** Remembers since when each trouble lasts. */
class Patience {
  readonly #since = new Map<string, number>();

  exhausted(troubles: ReadonlyMap<string, Trouble>): Trouble | undefined {
    const now = performance.now();
    for (const subject of this.#since.keys()) {
      if (!troubles.has(subject)) this.#since.delete(subject);
    }
    for (const [subject, trouble] of troubles) {
      const since = this.#since.get(subject) ?? now;
      this.#since.set(subject, since);
      if (now - since >= trouble.patienceSeconds * 1000) return trouble;
    }
    return undefined;
  }
}

async function failed(
  api: KubernetesApi,
  reference: ObjectReference,
  reason: string,
  pod?: string,
  container?: string,
): Promise<never> {
  const message = `${titleOf(reference)} did not become ready: ${reason}`;
  const log =
    pod === undefined ? "" : await lastWords(api, reference.namespace ?? "", pod, container);
  if (log === "") throw new Error(message);
  const lines = log.split("\n").map((line) => `  ${line}`);
  throw new Error([message, `last log lines of ${pod ?? ""}:`, ...lines].join("\n"));
}

/** A pod that is gone, or a user without the right to read logs, leaves nothing to show. */
async function lastWords(
  api: KubernetesApi,
  namespace: string,
  pod: string,
  container: string | undefined,
): Promise<string> {
  for (const previous of container === undefined ? [false] : [true, false]) {
    const log = await api
      .podLog(namespace, pod, { previous, ...(container !== undefined && { container }) })
      .catch(() => "");
    if (log.trim() !== "") return log.trim();
  }
  return "";
}
