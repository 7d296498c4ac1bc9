import { type Decision, decide } from "./approvals.ts";
import type { Change } from "./change.ts";
import { Consents } from "./consents.ts";
import type { Judgement } from "./judgement.ts";
import { accessDangers } from "./lost-access.ts";
import { judge } from "./reversibility.ts";

export interface JudgedChange {
  readonly change: Change;
  readonly judgement: Judgement;
  /** One for each danger of it. */
  readonly decisions: readonly Decision[];
}

/** What each change of a plan does, and whether somebody has agreed to what is dangerous of it. */
export function judgeChanges(
  changes: readonly Change[],
  today: Date,
  consents = new Consents(changes),
): JudgedChange[] {
  const access = accessDangers(changes);
  return changes.map((change) => {
    const own = judge(change);
    const lost = access.get(change.urn);
    const judgement = lost ? { ...own, dangers: [...own.dangers, lost] } : own;
    if (judgement.dangers.length === 0) return { change, judgement, decisions: [] };
    const decisions = decide(judgement.dangers, { ...consents.of(change), today });
    return { change, judgement, decisions };
  });
}
