import { describeCredential, nextStep } from "../components/settings/rotation.ts";
import { textTable } from "./text-table.ts";
import type { CredentialRecords } from "./rotation.ts";

const DAY = 86_400_000;

/** A table of what accounts log in with, a line each, for a terminal. `today` is an ISO date. */
export function credentialList(records: CredentialRecords, today: string): string[] {
  const rows = Object.keys(records)
    .sort()
    .map((account) => row(account, records[account] as CredentialRecords[string], today));
  return textTable([["ACCOUNT", "HANDED OUT", "ALSO LIVE", "SINCE", "DUE", "NEXT STEP"], ...rows]);
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
  const day = new Date(Date.parse(since) + rotateAfter).toISOString().slice(0, 10);
  return day < today ? `${day}, overdue` : day;
}
