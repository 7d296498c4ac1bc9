import { describeAccessChange } from "../../model/access/access-changes.ts";
import type { Report } from "./report.ts";

/** Rises when a field changes its meaning or goes; new fields may come at any time. */
const JSON_VERSION = 3;

/** The report for programs; docs/pull-requests.md describes its fields. */
export function formatJson(report: Report, exitCode: number): string {
  const { stack, environment, comparedWith, notes, counts, capacity, findings, verdict } = report;
  return JSON.stringify(
    {
      version: JSON_VERSION,
      stack,
      environment,
      comparedWith,
      notes,
      counts,
      changes: report.changes.map(({ assessment: { reversibility, reasons }, ...change }) => ({
        ...{ ...change, reversibility },
        reasons: reasons.map(({ text }) => text),
        effects: reasons,
      })),
      access: {
        rights: report.access.rights.map((right) => ({
          ...right,
          text: describeAccessChange(right),
        })),
        logins: report.access.logins,
      },
      capacity,
      findings,
      verdict: {
        exitCode,
        violations: verdict.violations.length,
        unapproved: verdict.unapproved,
        refused: verdict.refused,
        short: verdict.short.length,
      },
    },
    undefined,
    2,
  );
}
