import { type Decision, decide } from "./approvals.ts";
import type { Change } from "./change.ts";
import { ApprovalSet } from "./approval-set.ts";
import type { Assessment } from "./assessment.ts";
import { accessDangers } from "./lost-access.ts";
import { assess } from "./reversibility.ts";

export interface AssessedChange {
  readonly change: Change;
  readonly assessment: Assessment;
  /** One for each risk of it. */
  readonly decisions: readonly Decision[];
}

/** What each change of a plan does, and whether somebody has agreed to what is dangerous of it. */
export function assessChanges(
  changes: readonly Change[],
  today: Date,
  consents = new ApprovalSet(changes),
): AssessedChange[] {
  const access = accessDangers(changes);
  return changes.map((change) => {
    const own = assess(change);
    const lost = access.get(change.urn);
    const assessment = lost ? { ...own, risks: [...own.risks, lost] } : own;
    if (assessment.risks.length === 0) return { change, assessment, decisions: [] };
    const decisions = decide(assessment.risks, { ...consents.of(change), today });
    return { change, assessment, decisions };
  });
}
