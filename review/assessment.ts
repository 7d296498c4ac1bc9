import type { GuardedChange } from "../model/agreements/approval.ts";

/**
 * What it takes to take a change back.
 *
 * - `reversible`: declaring what was there before brings it back
 * - `needs data to move`: records or replicas have to be copied, there and back
 * - `irreversible`: nothing is lost, and there is no way back
 * - `loses data`: stored records go, and declaring them again does not bring them back
 */
export type Reversibility = "reversible" | "needs data to move" | "irreversible" | "loses data";

/** Something that nobody may do without the agreement of somebody. */
export interface Risk {
  readonly change: GuardedChange;
  /** What would happen, in one sentence. */
  readonly reason: string;
  /** What makes it possible that no approval does: then nobody is asked for one. */
  readonly instead?: string;
}

/** One effect of a change, in one sentence, and how this effect can be taken back. */
export interface Reason {
  readonly reversibility: Reversibility;
  readonly text: string;
}

export interface Assessment {
  /** The worst of its reasons. */
  readonly reversibility: Reversibility;
  /** What makes it so, and what else there is to know. */
  readonly reasons: readonly Reason[];
  /** What somebody has to agree to. Whatever cannot be taken back has one, and more than that. */
  readonly risks: readonly Risk[];
}

/** A change that nobody needs to agree to. */
export const safe = (
  reversibility: Reversibility = "reversible",
  ...reasons: readonly string[]
): Assessment => ({
  reversibility,
  reasons: reasons.map((text) => ({ reversibility, text })),
  risks: [],
});

/** A change that somebody has to agree to. */
export const requiresApproval = (
  reversibility: Reversibility,
  change: GuardedChange,
  reason: string,
): Assessment => ({
  reversibility,
  reasons: [{ reversibility, text: reason }],
  risks: [{ change, reason }],
});

const ORDER: readonly Reversibility[] = [
  "reversible",
  "needs data to move",
  "irreversible",
  "loses data",
];

/** The higher, the worse. */
export const severity = (reversibility: Reversibility): number => ORDER.indexOf(reversibility);

/** The worst of several, with all their reasons and risks. */
export function combine(assessments: readonly Assessment[]): Assessment {
  const reversibility = assessments
    .map((assessment) => assessment.reversibility)
    .reduce((one, other) => (severity(other) > severity(one) ? other : one), "reversible");
  const ordered = assessments.toSorted(
    (one, other) => severity(other.reversibility) - severity(one.reversibility),
  );
  return {
    reversibility,
    reasons: ordered.flatMap(({ reasons }) => reasons),
    risks: ordered.flatMap(({ risks }) => risks),
  };
}
