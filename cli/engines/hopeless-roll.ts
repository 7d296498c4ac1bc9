import { setTimeout as sleep } from "node:timers/promises";
import { KubernetesApi } from "../../clients/kubernetes/api.ts";
import { podHealth } from "../../engine/index.ts";
import type { KubernetesClusterSettings } from "../../model/kubernetes/kubernetes-settings.ts";

/** How often the pods are looked at. */
const LOOK_MS = 5_000;
/** Besides what each kind of trouble may last by itself: a registry may be slow, a node busy. */
const PATIENCE_MS = 15_000;

export interface RollArgs {
  readonly cluster: Pick<
    KubernetesClusterSettings,
    "context" | "kubeconfig" | "namespace" | "name"
  >;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** @default {@link LOOK_MS} */
  readonly lookMs?: number;
  /** @default {@link PATIENCE_MS} */
  readonly patienceMs?: number;
}

/**
 * Watches the brokers while the Pulumi CLI rolls them out, which waits until its time is over, hours for a large
 * cluster, whatever its pods say. Pods that were there before are not looked at: the roll may be what heals them.
 *
 * @returns why no waiting can help; undefined when the watch was ended, or the cluster cannot be asked
 */
export async function hopelessRoll({
  cluster: { name, ...cluster },
  signal,
  lookMs = LOOK_MS,
  patienceMs = PATIENCE_MS,
}: RollArgs): Promise<string | undefined> {
  const since = new Map<string, number>();
  let before: ReadonlySet<string> | undefined;
  let api: KubernetesApi | undefined;
  try {
    api = await KubernetesApi.connect(cluster);
    const { namespace } = cluster;
    const labelSelector = `app.kubernetes.io/instance=${name},app.kubernetes.io/component=broker`;
    while (!signal.aborted) {
      const looked = api.list("Pod", { namespace, labelSelector, signal });
      // One look that fails says nothing, unless it is the first: then none may work.
      const pods = await (before ? looked.catch(() => []) : looked);
      before ??= new Set(pods.map(({ metadata }) => metadata.uid ?? ""));
      for (const pod of pods) {
        const { pod: podName, uid, trouble } = podHealth(pod, []);
        if (trouble === undefined) since.delete(uid);
        if (trouble === undefined || before.has(uid)) continue;
        const first = since.get(uid) ?? Date.now();
        since.set(uid, first);
        if (Date.now() - first >= trouble.patienceSeconds * 1000 + patienceMs) {
          return `${podName}: ${trouble.reason}`;
        }
      }
      await sleep(lookMs, undefined, { signal });
    }
  } catch {
    // The CLI says itself what is wrong with the cluster; and the end of a watch is no fault.
  } finally {
    await api?.close();
  }
  return undefined;
}
