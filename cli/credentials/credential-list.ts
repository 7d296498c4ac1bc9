import { X509Certificate } from "node:crypto";
import { AUTHORITY } from "../../model/credentials/certificate-authority.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { describeCredential, nextStep } from "../../model/credentials/rotation.ts";
import { type AuthorityFacts, nextAuthorityStep } from "./authority-rotation.ts";
import { textTable } from "../terminal/text-table.ts";
import type { CredentialRecords } from "./rotation.ts";

const DAY = 86_400_000;

/**
 * A table of what accounts log in with, a line each, for a terminal, and of the authority that signs for
 * the brokers. `today` is an ISO date.
 *
 * @param authority @default the stack has none
 */
export function credentialList(
  records: CredentialRecords,
  today: string,
  authority?: Pick<AuthorityFacts, "applied" | "nextKey">,
): string[] {
  const rows = Object.keys(records)
    .sort()
    .map((account) => row(account, records[account] as CredentialRecords[string], today));
  return textTable([
    ["ACCOUNT", "HANDED OUT", "ALSO LIVE", "SINCE", "DUE", "NEXT STEP"],
    ...rows,
    ...(authority ? [authorityRow(authority, today)] : []),
  ]);
}

function authorityRow(
  { applied, nextKey }: Pick<AuthorityFacts, "applied" | "nextKey">,
  today: string,
): string[] {
  const [first, ...others] = applied.map((text) => new X509Certificate(text));
  const nameOf = ({ subject }: X509Certificate) => subject.replace(/^.*CN=/s, "");
  return [
    AUTHORITY,
    first ? nameOf(first) : "-",
    others.map(nameOf).join(", ") || "-",
    first ? isoDay(first.validFromDate) : "-",
    first ? asDue(isoDay(first.validToDate), today) : "-",
    nextAuthorityStep(applied, nextKey),
  ];
}

function row(account: string, { live, rotateAfter }: CredentialRecords[string], today: string) {
  const [handedOut, other] = live;
  return [
    account,
    describeCredential(handedOut),
    other === undefined ? "-" : describeCredential(other),
    handedOut.since ?? "its first day",
    due(handedOut.since, rotateAfter, today),
    nextStep(live),
  ];
}

/** The day a credential is to be rotated. When the first one was made is not recorded. */
function due(since: string | undefined, rotateAfter: number | undefined, today: string): string {
  if (rotateAfter === undefined) return "-";
  if (since === undefined) return `${String(Math.ceil(rotateAfter / DAY))} days after its first`;
  const day = isoDay(new Date(Date.parse(since) + rotateAfter));
  return asDue(day, today);
}

const asDue = (day: string, today: string): string => (day < today ? `${day}, overdue` : day);
