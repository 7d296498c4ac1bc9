import type { Finding } from "../../policy/finding.ts";
import {
  commonMessage,
  fewOf,
  type FindingGroup,
  groupedFindings,
  groupsInShort,
  isToldOnce,
  waiverText,
} from "./finding-groups.ts";
import { isCapacityNews, isNews } from "./news.ts";
import { type Reason, type Reversibility, severity } from "../assessment.ts";
import {
  accessSentences,
  capacitySentences,
  changedRows,
  comparedWithText,
  counted,
  decisionSentences,
  findingCounts,
  knownText,
  nameOf,
  replacesText,
  subject,
  valueText,
  verdictText,
} from "./phrases.ts";
import type { ReportedChange } from "./reported-change.ts";
import type { Report } from "./report.ts";
import { VERB_SIGNS } from "../verb.ts";

/**
 * The report for a terminal: what is new of it.
 *
 * @param all what was there before is told in full, too. Default: counted
 */
export function formatText(report: Report, { all = false } = {}): string {
  const { stack, environment, comparedWith, notes, changes } = report;
  const access = accessSentences(report.access);
  const rows = changedRows(report.capacity);
  const short = report.capacity.findings.filter((one) => all || isCapacityNews(one));
  return [
    `Stack ${stack} (${environment}), compared with ${comparedWithText(comparedWith)}`,
    ...notes.map((note) => `note: ${note}`),
    "",
    `Changes: ${counted(report.counts)}`,
    ...changes.flatMap(changeLines),
    ...section(access, "Access:"),
    ...(rows.length === 0
      ? section(capacitySentences(short), "Partitions and storage:")
      : [
          "",
          ...table([["Partitions and storage", "before", "after"], ...rows]),
          ...capacitySentences(short).map((sentence) => `  ${sentence}`),
        ]),
    "",
    `Policies: ${findingCounts(report)}`,
    ...findingsOf(report, all),
    "",
    verdictText(report),
  ].join("\n");
}

const section = (sentences: readonly string[], title: string): string[] =>
  sentences.length === 0 ? [] : ["", title, ...sentences.map((sentence) => `  ${sentence}`)];

function findingsOf({ findings, capacity }: Report, all: boolean): string[] {
  const news = groupedFindings(findings.filter((one) => all || isNews(one)));
  const known = findings.filter((one) => !isNews(one));
  const room = capacity.findings.filter((one) => !isCapacityNews(one));
  const count = known.length + room.length;
  const parts = [
    ...(known.length === 0 ? [] : [groupsInShort(groupedFindings(known))]),
    ...(room.length === 0 ? [] : [`${String(room.length)} × capacity`]),
  ];
  return [
    ...news.flatMap((group) => findingLines(group, all)),
    ...(all || count === 0 ? [] : [`  ${knownText(count)} (--all): ${parts.join(", ")}`]),
  ];
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

function findingLines(group: FindingGroup, all: boolean): string[] {
  const { rule, state, reason, fix, findings } = group;
  return [
    `  ${rule} (${state})`,
    ...(isToldOnce(group) && !all ? [toldOnce(group)] : findings.flatMap(findingText)),
    ...(state === "waived" ? [] : [`    why: ${reason}`, `    fix: ${fix}`]),
  ];
}

const findingText = ({ urn, message, waiver }: Finding): string[] => [
  `    ${nameOf(urn)}: ${message}`,
  ...(waiver === undefined ? [] : [`      ${waiverText(waiver)}`]),
];

function toldOnce(group: FindingGroup): string {
  const { findings } = group;
  const names = fewOf(findings.map(({ urn }) => nameOf(urn)));
  const message = commonMessage(group) ?? `such as: ${findings[0]?.message ?? ""}`;
  return `    ${String(findings.length)} × ${message}: ${names}`;
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
