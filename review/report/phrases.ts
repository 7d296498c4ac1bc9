import { describeAccessChange } from "../../model/access/access-changes.ts";
import { exactSizeText, sizeText } from "../../model/values/amount-text.ts";
import { findingText, loadText } from "../../model/capacity/capacity-findings.ts";
import type { Load } from "../../model/capacity/capacity.ts";
import type { AccessReport } from "./access.ts";
import type { Capacity } from "./capacity.ts";
import type { Verb } from "../verb.ts";
import { shortType } from "../../model/stack/resource-types.ts";
import type { PropertyDiff, Shown } from "./property-diff.ts";
import type { ReportedChange } from "./reported-change.ts";
import type { ComparedWith, Report } from "./report.ts";
import { isFine } from "./verdict.ts";
import { CHANGING_VERBS } from "../verb.ts";

/** What every format of the report says in the same words. */

const COUNTED: readonly (readonly [Verb, string])[] = [
  ...CHANGING_VERBS.map(([verb, planned]) => [verb, planned] as const),
  ["same", "unchanged"],
];

/** Such as `1 to create, 2 to delete, 29 unchanged`. */
export function counted(counts: Report["counts"]): string {
  const parts = COUNTED.filter(([verb]) => counts[verb] > 0);
  return parts.length === 0
    ? "nothing is declared"
    : parts.map(([verb, words]) => `${String(counts[verb])} ${words}`).join(", ");
}

export function comparedWithText(compared: ComparedWith): string {
  switch (compared.kind) {
    case "base":
      return `the program of commit ${compared.commit.slice(0, 12)} (${compared.ref})`;
    case "state":
      return `the state in ${compared.file}`;
    case "own state":
      return "what the embedded engine has made of it on this machine";
    case "nothing":
      return "nothing: all of it is new";
  }
}

export const subject = ({ type, name }: Pick<ReportedChange, "type" | "name">): string =>
  `${shortType(type)} ${name}`;

/** A URN without what all of them have in common. */
export function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  const type = types.slice(types.lastIndexOf("$") + 1);
  return subject({ type, name: name.join("::") });
}

const MAX_VALUE = 200;

/** A value on one line, with its meaning: `604800000 (7d)`. */
export function valueText(value: Shown | undefined): string {
  if (value === undefined) return "(none)";
  const { raw, human } = value;
  const text = typeof raw === "string" ? raw : JSON.stringify(raw);
  const line = text.replaceAll(/\s+/g, " ").trim();
  const short = line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE)}…` : line;
  return human === undefined ? short : `${short} (${human})`;
}

export const replacesText = ({ replaces }: PropertyDiff): string =>
  replaces ? "  [replaces]" : "";

/** One sentence for each gain and loss, by principal. */
export const accessSentences = ({ rights, logins }: AccessReport): string[] => [
  ...rights.map(describeAccessChange),
  ...logins.map(({ change, username, mechanism }) =>
    change === "gains"
      ? `${username} can log in by ${mechanism}`
      : `${username} cannot log in by ${mechanism} any more`,
  ),
];

/** What somebody agreed to, and what is still to be agreed to; one sentence each. */
export const decisionSentences = ({ decisions, assessment }: ReportedChange): string[] =>
  decisions.flatMap(({ change, reason, approval, refusal = "" }) => [
    ...(assessment.reasons.some(({ text }) => text === reason) ? [] : [reason]),
    approval === undefined
      ? refusal
      : `${change} approved by ${approval.by}, until ${approval.until}: ${approval.reason}`,
  ]);

/** Rows of the table of partitions and storage: what, before, after. */
function capacityRows({ before, after }: Report["capacity"]): [string, string, string][] {
  const row = (what: string, of: (side: Capacity) => string): [string, string, string] => [
    what,
    of(before),
    of(after),
  ];
  return [
    row("topics", ({ topics }) => figure(topics)),
    row("partitions", ({ partitions }) => figure(partitions)),
    row("replicas of partitions", ({ replicas }) => figure(replicas)),
    row("replicas per broker", ({ replicas, brokers }) =>
      brokers === 0 ? "-" : figure(Math.ceil(replicas / brokers)),
    ),
    row("volumes of the brokers", ({ volumes }) => (volumes === 0 ? "-" : exactSizeText(volumes))),
    row("needed on a broker's disk", ({ storage }) => (storage ? diskText(storage) : "-")),
  ];
}

const diskText = (load: Load): string =>
  load.available === undefined ? sizeText(load.needed) : loadText(load);

/** What is not well with the capacity, one sentence each, the worst first. */
export const capacitySentences = (findings: Report["capacity"]["findings"]): string[] =>
  findings.map(findingText);

/** Rows in which something is different afterwards. */
export const changedRows = (capacity: Report["capacity"]): [string, string, string][] => {
  const rows = capacityRows(capacity);
  return rows.some(([, before, after]) => before !== after) ? rows : [];
};

/** What is folded away, in a few words. */
export const knownText = (count: number): string =>
  `${figure(count)} ${count === 1 ? "finding that was" : "findings that were"} there before`;

const figure = (amount: number): string => amount.toLocaleString("en-US");

/** What the report comes to, in one sentence. */
export function verdictText({ verdict, changes }: Report): string {
  const { violations, unapproved, refused, short } = verdict;
  if (isFine(verdict)) {
    return changes.length === 0 ? "Nothing changes." : "Nothing stands in the way.";
  }
  const parts = [
    violations.length === 1
      ? "a mandatory policy is violated"
      : number(violations.length, "", "times").replace(
          /^(.+)$/,
          "mandatory policies are violated $1",
        ),
    number(
      unapproved.length,
      "change needs an approval that it does not have",
      "changes need approvals that they do not have",
    ),
    number(refused.length, "change would be refused", "changes would be refused"),
    number(short.length, "limit of the cluster is exceeded", "limits of the cluster are exceeded"),
  ];
  return `Needs review: ${parts.filter((part) => part !== "").join("; ")}.`;
}

const number = (count: number, one: string, many: string): string =>
  count === 0 ? "" : `${figure(count)} ${count === 1 ? one : many}`;

/** `2 mandatory, 1 advisory, 3 waived`. */
export function findingCounts({ findings, verdict }: Report): string {
  const waived = findings.filter(({ waiver }) => waiver !== undefined).length;
  const parts = [
    number(verdict.violations.length, "mandatory", "mandatory"),
    number(findings.length - waived - verdict.violations.length, "advisory", "advisory"),
    number(waived, "waived", "waived"),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "no violations" : parts.join(", ");
}
