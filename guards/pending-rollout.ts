/** What of a StatefulSet tells how far Kubernetes has come with it. */
interface Progress {
  readonly metadata: { readonly generation?: number };
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

/**
 * What Kubernetes has still to do with the pods of a StatefulSet, in words that change as it gets on:
 * pods that were not yet made anew, or that it does not yet count as available. Undefined when it is
 * done, and when there is no StatefulSet. Pure.
 */
export function pendingRollout(statefulSet: object | undefined): string | undefined {
  if (statefulSet === undefined) return undefined;
  const { metadata, spec, status = {} } = statefulSet as Progress;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
    return "Kubernetes has not yet seen the last update";
  }
  const all = spec?.replicas ?? 0;
  const updated = status.updatedReplicas ?? 0;
  if (updated < all) {
    return `an earlier restart has come to ${updated} of ${all} pods`;
  }
  const available = status.availableReplicas ?? 0;
  if (available >= all) return undefined;
  return `Kubernetes counts ${available} of ${all} pods as available`;
}
