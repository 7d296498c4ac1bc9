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
export interface Danger {
  readonly change: GuardedChange;
  /** What would happen, in one sentence. */
  readonly reason: string;
}

export interface Judgement {
  readonly reversibility: Reversibility;
  /** What makes it so, and what else there is to know; one sentence each. */
  readonly reasons: readonly string[];
  /** What somebody has to agree to. Whatever cannot be taken back has one, and more than that. */
  readonly dangers: readonly Danger[];
}

/** A change that nobody needs to agree to. */
export const harmless = (
  reversibility: Reversibility = "reversible",
  ...reasons: readonly string[]
): Judgement => ({ reversibility, reasons, dangers: [] });

/** A change that somebody has to agree to. */
export const dangerous = (
  reversibility: Reversibility,
  change: GuardedChange,
  reason: string,
): Judgement => ({ reversibility, reasons: [reason], dangers: [{ change, reason }] });

const ORDER: readonly Reversibility[] = [
  "reversible",
  "needs data to move",
  "irreversible",
  "loses data",
];

/** The higher, the worse. */
export const severity = (reversibility: Reversibility): number => ORDER.indexOf(reversibility);

/** The worst of several, with all their reasons and dangers. */
export function worst(judgements: readonly Judgement[]): Judgement {
  const reversibility = judgements
    .map((judgement) => judgement.reversibility)
    .reduce((one, other) => (severity(other) > severity(one) ? other : one), "reversible");
  const ordered = judgements.toSorted(
    (one, other) => severity(other.reversibility) - severity(one.reversibility),
  );
  return {
    reversibility,
    reasons: ordered.flatMap(({ reasons }) => reasons),
    dangers: ordered.flatMap(({ dangers }) => dangers),
  };
}
