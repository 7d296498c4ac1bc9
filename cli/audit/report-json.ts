import type { Remaining } from "../../operations/audit/baseline.ts";
import { tally } from "./report-text.ts";

/** An audit as one document. */
export const auditJson = (remaining: Remaining, stack: string, day: string) => ({
  stack,
  day,
  ...tally(remaining),
  results: remaining.results.map(({ control, outcome, found, notSeen }) => ({
    id: control.id,
    title: control.title,
    severity: control.severity,
    outcome,
    found: found.map(({ subject, seen, accepted }) => ({
      subject,
      seen,
      accepted: accepted ?? null,
    })),
    notSeen,
    fix: control.fix,
    source: control.source,
  })),
  remarks: remaining.remarks,
});
