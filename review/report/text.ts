import { type FindingGroup, groupedFindings, waiverText } from "./finding-groups.ts";
import { type Reason, type Reversibility, severity } from "../assessment.ts";
import {
  accessSentences,
  capacityRows,
  capacitySentences,
  comparedWithText,
  counted,
  decisionSentences,
  findingCounts,
  nameOf,
  replacesText,
  subject,
  valueText,
  verdictText,
} from "./phrases.ts";
import type { ReportedChange } from "./reported-change.ts";
import type { Report } from "./report.ts";
import { VERB_SIGNS } from "../verb.ts";

/** The report for a terminal. */
export function formatText(report: Report): string {
  const { stack, environment, comparedWith, notes, changes, findings } = report;
  const access = accessSentences(report.access);
  return [
    `Stack ${stack} (${environment}), compared with ${comparedWithText(comparedWith)}`,
    ...notes.map((note) => `note: ${note}`),
    "",
    `Changes: ${counted(report.counts)}`,
    ...changes.flatMap(changeLines),
    "",
    `Access: ${access.length === 0 ? "unchanged" : ""}`.trimEnd(),
    ...access.map((sentence) => `  ${sentence}`),
    "",
    ...table([["Partitions and storage", "before", "after"], ...capacityRows(report.capacity)]),
    ...capacitySentences(report.capacity).map((sentence) => `  ${sentence}`),
    "",
    `Policies: ${findingCounts(report)}`,
    ...groupedFindings(findings).flatMap(findingLines),
    "",
    verdictText(report),
  ].join("\n");
}

function changeLines(change: ReportedChange): string[] {
  const { verb, assessment, approved, refusals, properties, summary } = change;
  const { reversibility, reasons } = assessment;
  return [
    `${VERB_SIGNS[verb]} ${subject(change)}${summary === undefined ? "" : `  (${summary})`}`,
    ...properties.map(
      (one) =>
        `    ${one.path}: ${valueText(one.before)} → ${valueText(one.after)}${replacesText(one)}`,
    ),
    ...(severity(reversibility) > 0 && reasons.length === 0
      ? [`    ${labelOf(reversibility, approved)}`]
      : []),
    ...reasons.map((reason) => `    ${labelled(reason, approved)}`),
    ...decisionSentences(change).map((sentence) => `    ${sentence}`),
    ...refusals.map((refusal) => `    refused: ${refusal}`),
  ];
}

const labelOf = (reversibility: Reversibility, approved: boolean): string =>
  approved ? `${reversibility}, approved` : reversibility;

/** Each effect has its own label: of several changes of a topic one may be worse than another. */
const labelled = ({ reversibility, text }: Reason, approved: boolean): string =>
  severity(reversibility) > 0 ? `${labelOf(reversibility, approved)}: ${text}` : text;

function findingLines({ rule, state, reason, fix, findings }: FindingGroup): string[] {
  return [
    `  ${rule} (${state})`,
    ...findings.flatMap(({ urn, message, waiver }) => [
      `    ${nameOf(urn)}: ${message}`,
      ...(waiver === undefined ? [] : [`      ${waiverText(waiver)}`]),
    ]),
    ...(state === "waived" ? [] : [`    why: ${reason}`, `    fix: ${fix}`]),
  ];
}

function table(rows: readonly (readonly [string, string, string])[]): string[] {
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map(([what, before, after], index) =>
    [
      (index === 0 ? what : `  ${what}`).padEnd((widths[0] ?? 0) + 2),
      before.padStart(widths[1] ?? 0),
      after.padStart(widths[2] ?? 0),
    ].join("   "),
  );
}
