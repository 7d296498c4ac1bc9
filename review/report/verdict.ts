import { isBlocking } from "../../policy/evaluate.ts";
import type { Finding } from "../../policy/finding.ts";
import { isRefused } from "../approvals.ts";
import type { CapacityFinding } from "../../model/capacity/capacity.ts";
import type { CapacityChange } from "./capacity.ts";
import type { ReportedChange } from "./reported-change.ts";

/** What keeps a plan from being applied as it is; nothing, where all of it is empty. */
export interface Verdict {
  /** Mandatory findings without a waiver. */
  readonly violations: readonly Finding[];
  /** URNs of changes that need somebody's agreement, and do not have it. */
  readonly unapproved: readonly string[];
  /** URNs of changes that an `up` would refuse. */
  readonly refused: readonly string[];
  /** What there is not enough of for what is declared. */
  readonly short: readonly CapacityFinding[];
}

export const assessPlan = (
  changes: readonly ReportedChange[],
  findings: readonly Finding[],
  capacity: Pick<CapacityChange, "findings">,
): Verdict => ({
  violations: findings.filter(isBlocking),
  unapproved: changes.filter(({ decisions }) => decisions.some(isRefused)).map(({ urn }) => urn),
  refused: changes.filter(({ refusals }) => refusals.length > 0).map(({ urn }) => urn),
  short: capacity.findings.filter(({ verdict }) => verdict === "failure"),
});

export const isFine = ({ violations, unapproved, refused, short }: Verdict): boolean =>
  violations.length + unapproved.length + refused.length + short.length === 0;

/**
 * Exit codes of a report; 1 is an error, as everywhere. `needsReview` wins over `changes`, which is told
 * only where it was asked for.
 */
const EXIT = { fine: 0, needsReview: 2, changes: 3 } as const;

export function exitCode(
  verdict: Verdict,
  changes: number,
  { detailed }: { readonly detailed: boolean },
): number {
  if (!isFine(verdict)) return EXIT.needsReview;
  return detailed && changes > 0 ? EXIT.changes : EXIT.fine;
}
