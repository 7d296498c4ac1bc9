/**
 * What it takes to take a change back.
 *
 * - `reversible`: declaring what was there before brings it back
 * - `needs data to move`: records or replicas have to be copied, there and back
 * - `irreversible`: nothing is lost, and there is no way back
 * - `loses data`: stored records go, and declaring them again does not bring them back
 */
export type Reversibility = "reversible" | "needs data to move" | "irreversible" | "loses data";

export interface Judgement {
  readonly reversibility: Reversibility;
  /** What makes it so, and what else there is to know; one sentence each. */
  readonly reasons: readonly string[];
}

const ORDER: readonly Reversibility[] = [
  "reversible",
  "needs data to move",
  "irreversible",
  "loses data",
];

/** The higher, the worse. */
export const severity = (reversibility: Reversibility): number => ORDER.indexOf(reversibility);

/** Whether somebody has to agree to it. */
export const isDangerous = (reversibility: Reversibility): boolean =>
  severity(reversibility) >= severity("irreversible");

/** The worst of several, with all their reasons. */
export function worst(judgements: readonly Judgement[]): Judgement {
  const reversibility = judgements
    .map((judgement) => judgement.reversibility)
    .reduce((one, other) => (severity(other) > severity(one) ? other : one), "reversible");
  const ordered = judgements.toSorted(
    (one, other) => severity(other.reversibility) - severity(one.reversibility),
  );
  return { reversibility, reasons: ordered.flatMap(({ reasons }) => reasons) };
}
