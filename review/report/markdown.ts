import type { Finding } from "../../policy/finding.ts";
import {
  commonMessage,
  fewOf,
  type FindingGroup,
  groupedFindings,
  isToldOnce,
  waiverText,
} from "./finding-groups.ts";
import { isCapacityNews, isNews } from "./news.ts";
import { type Reason, type Reversibility, severity } from "../assessment.ts";
import { cell, code, html, htmlCode, prose } from "./markdown-text.ts";
import { fitSections, type Section } from "./markdown-fit.ts";
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
  subject,
  valueText,
  verdictText,
} from "./phrases.ts";
import type { PropertyDiff } from "./property-diff.ts";
import type { ReportedChange } from "./reported-change.ts";
import type { Report } from "./report.ts";
import { isFine } from "./verdict.ts";
import { VERB_SIGNS } from "../verb.ts";

/** GitHub takes 65,536 characters for a comment; counted here in bytes, which are never fewer. */
const COMMENT_LIMIT = 65_000;

/** First line of the comment of a stack: by it the comment is found again, to be edited in place. */
export const marker = (stack: string): string =>
  `<!-- kafka-platform preview of stack ${stack} -->`;

/** The report as one comment on a pull request. What does not fit is counted, the worst comes first. */
export function formatMarkdown(report: Report, limit = COMMENT_LIMIT): string {
  const { stack, environment, comparedWith, changes, findings, verdict } = report;
  const dangerous = changes.filter(isWorthALook);
  const others = changes.filter((change) => !isWorthALook(change));
  const head = [
    marker(stack),
    `### ${isFine(verdict) ? "✅" : "⛔"} Stack ${code(stack)}: ${counted(report.counts)}`,
    "",
    `**${prose(verdictText(report))}**`,
    "",
    `Environment ${environment}, compared with ${prose(comparedWithText(comparedWith))}.`,
  ].join("\n");
  const capacity = changedRows(report.capacity).map(
    (row) => `| ${row.map((text) => cell(prose(text))).join(" | ")} |`,
  );
  const short = report.capacity.findings.filter(isCapacityNews);
  const sections: Section[] = [
    section("Not easily taken back", dangerous.map(changeItem), "changes"),
    section(
      `Policies: ${findingCounts(report)}`,
      groupedFindings(findings.filter(isNews)).map(findingItem),
      "rules",
    ),
    section("Not enough room", sentenceItems(capacitySentences(short)), "findings"),
    section(
      "Access gained and lost",
      sentenceItems(accessSentences(report.access)),
      "changes of access",
    ),
    section("Other changes", others.map(changeItem), "changes"),
    {
      ...section("Partitions and storage", capacity, "figures"),
      opening: "| | before | after |\n| --- | ---: | ---: |\n",
    },
    section("Notes", sentenceItems(report.notes), "notes"),
    knownSection(report),
  ];
  return fitSections(
    head,
    sections.filter(({ items }) => items.length > 0),
    limit,
  );
}

const isWorthALook = ({ assessment, decisions, refusals }: ReportedChange): boolean =>
  severity(assessment.reversibility) > 0 || decisions.length > 0 || refusals.length > 0;

/** What was there before: folded away. */
function knownSection({ findings, capacity }: Report): Section {
  const known = findings.filter((one) => !isNews(one));
  const room = capacity.findings.filter((one) => !isCapacityNews(one));
  return {
    opening: `<details><summary>${knownText(known.length + room.length)}</summary>\n\n`,
    items: [...groupedFindings(known).map(findingItem), ...sentenceItems(capacitySentences(room))],
    closing: "\n\n</details>",
    more: (count) => `- … and ${count.toLocaleString("en-US")} more rules`,
  };
}

const sentenceItems = (sentences: readonly string[]): string[] =>
  sentences.map((sentence) => `- ${prose(sentence)}`);

const section = (title: string, items: readonly string[], of: string): Section => ({
  title: prose(title),
  opening: "",
  items,
  more: (count) => `- … and ${count.toLocaleString("en-US")} more ${of}`,
});

/** Of one change: the rest is counted. */
const MAX_PROPERTIES = 20;
const MAX_SENTENCES = 10;

function changeItem(change: ReportedChange): string {
  const { verb, assessment, approved, refusals, properties, summary } = change;
  const { reversibility, reasons } = assessment;
  const label =
    severity(reversibility) === 0 ? "" : `: **${reversibility}**${approved ? " (approved)" : ""}`;
  return [
    `- ${code(`${VERB_SIGNS[verb]} ${subject(change)}`)}${label}${summary === undefined ? "" : ` (${prose(summary)})`}`,
    ...some(
      reasons.map((reason) => `  - ${ownLabel(reason, reversibility)}${prose(reason.text)}`),
      MAX_SENTENCES,
      "reasons",
    ),
    ...some(
      decisionSentences(change).map((sentence) => `  - ${prose(sentence)}`),
      MAX_SENTENCES,
      "approvals",
    ),
    ...some(
      refusals.map((one) => `  - refused: ${prose(one)}`),
      MAX_SENTENCES,
      "refusals",
    ),
    ...some(properties.map(propertyLine), MAX_PROPERTIES, "properties"),
  ].join("\n");
}

/** Said where the effect is not as bad as the worst one, which is said of the change. */
const ownLabel = (reason: Reason, worst: Reversibility): string =>
  reason.reversibility === worst ? "" : `${reason.reversibility}: `;

const propertyLine = ({ path, before, after, replaces }: PropertyDiff): string =>
  `  - ${code(path)}: ${code(valueText(before))} → ${code(valueText(after))}${replaces ? " (replaces)" : ""}`;

const some = (lines: readonly string[], most: number, of: string): string[] =>
  lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most), `  - … and ${String(lines.length - most)} more ${of}`];

const MAX_FINDINGS = 20;

function findingItem(group: FindingGroup): string {
  const { rule, state, reason, fix, findings } = group;
  const why = state === "waived" ? "" : `: ${prose(reason)} ${prose(fix)}`;
  return [
    `- **${prose(rule)}** (${state})${why}`,
    ...(isToldOnce(group)
      ? [toldOnce(group)]
      : some(findings.map(findingLine), MAX_FINDINGS, "of it")),
  ].join("\n");
}

const findingLine = ({ urn, message, waiver }: Finding): string => {
  const why = waiver === undefined ? "" : ` (${prose(waiverText(waiver))})`;
  return `  - ${code(nameOf(urn))}: ${prose(message)}${why}`;
};

/** One line; all names are folded away in it. */
function toldOnce(group: FindingGroup): string {
  const { findings } = group;
  const common = commonMessage(group);
  const names = findings.map(({ urn }) => nameOf(urn));
  const all = findings.map(({ urn, message }) =>
    common === undefined ? `${htmlCode(nameOf(urn))} ${html(message)}` : htmlCode(nameOf(urn)),
  );
  const summary = `${String(findings.length)} × ${html(common ?? `such as: ${findings[0]?.message ?? ""}`)}: ${html(fewOf(names))}`;
  return `  - <details><summary>${summary}</summary>${all.join("<br>")}</details>`;
}
