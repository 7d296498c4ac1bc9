import type { ClusterParts } from "../model/kubernetes/cluster-parts.ts";
import type { Risk } from "./assessment.ts";
import { at, isRecord } from "./property-value.ts";

/** A risk to one part of a cluster. */
export interface PartRisk extends Risk {
  /** Logical name of the part. */
  readonly resource: string;
}

/** Which parts of a cluster go or are made anew when its settings change, from the inputs of its component. */
export function clusterRisks(before: unknown, after: unknown): PartRisk[] {
  const next = partsOf(after);
  return Object.entries(partsOf(before)).flatMap(([resource, place]): PartRisk[] => {
    const now = next[resource];
    if (now === place) return [];
    if (now === undefined) {
      return [{ resource, change: "deletion", reason: `${resource} goes: ${place}` }];
    }
    const reason = `${resource} is made anew, without what is on it: ${place} → ${now}`;
    return [{ resource, change: "replacement", reason }];
  });
}

/** None for a state that an older program left. */
function partsOf(inputs: unknown): ClusterParts {
  const parts = at(inputs, "parts");
  return isRecord(parts) ? (parts as ClusterParts) : {};
}
