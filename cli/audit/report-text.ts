import { type Severity, SEVERITIES } from "../../operations/audit/control.ts";
import type { Remaining } from "../../operations/audit/baseline.ts";

/** Findings of one control shown by name; the rest are counted. */
const SHOWN = 10;

type Result = Remaining["results"][number];

const open = ({ found }: Result) => found.filter(({ accepted }) => accepted === undefined);

/** How many controls came to what. */
export function tally({ results }: Remaining) {
  const found = results.filter((result) => open(result).length > 0);
  const notSeen = results.filter(({ notSeen }) => notSeen.length > 0);
  return {
    controls: results.length,
    found: found.length,
    findings: found.reduce((sum, result) => sum + open(result).length, 0),
    accepted: results.reduce((sum, result) => sum + result.found.length - open(result).length, 0),
    notSeen: notSeen.length,
  };
}

/** An audit for a terminal: what is to be done first comes first. */
export function reportLines(remaining: Remaining): string[] {
  const { results, remarks } = remaining;
  const counts = tally(remaining);
  const rank = (severity: Severity) => SEVERITIES.indexOf(severity);
  const worst = results
    .filter((result) => open(result).length > 0)
    .toSorted((one, other) => rank(one.control.severity) - rank(other.control.severity));
  const blind = results.filter(({ notSeen }) => notSeen.length > 0);
  return [
    firstLine(counts),
    ...worst.flatMap((result) => ["", ...resultLines(result)]),
    ...(blind.length === 0 ? [] : ["", "Could not look, so nobody knows:"]),
    ...blind.flatMap(({ control: { id }, notSeen }) => notSeen.map((why) => `  ${id}: ${why}`)),
    ...(remarks.length === 0 ? [] : ["", "The baseline:"]),
    ...remarks.map((remark) => `  ${remark}`),
  ];
}

function firstLine({ controls, found, findings, accepted, notSeen }: ReturnType<typeof tally>) {
  const known = accepted === 0 ? "" : ` (and ${accepted} that are accepted)`;
  const blind = notSeen === 0 ? "" : ` ${notSeen} could not look at everything.`;
  return findings === 0
    ? `${controls} controls, no findings${known}.${blind}`
    : `${findings} findings${known} of ${found} of ${controls} controls.${blind}`;
}

function resultLines(result: Result): string[] {
  const { id, title, severity, fix } = result.control;
  const findings = open(result);
  const rest = findings.length - SHOWN;
  return [
    `${severity.toUpperCase()} ${id}: not so: ${title}.`,
    ...findings.slice(0, SHOWN).map(({ subject, seen }) => `  ${subject}: ${seen}`),
    ...(rest > 0 ? [`  … and ${rest} more: --format json shows all`] : []),
    `  To do: ${fix}`,
  ];
}
