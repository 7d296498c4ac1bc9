import { X509Certificate } from "node:crypto";
import { AUTHORITY } from "../../model/credentials/certificate-authority.ts";
import { isoDay } from "../../model/values/iso-day.ts";
import { describeCredential, nextStep } from "../../model/credentials/rotation.ts";
import { type AuthorityFacts, nextAuthorityStep } from "./authority-rotation.ts";
import { textTable } from "../terminal/text-table.ts";
import type { CredentialRecords } from "./rotation.ts";

const DAY = 86_400_000;

/** What an account logs in with, or the authority that signs for the brokers. */
export interface CredentialStatus {
  readonly account: string;
  /** What is accepted, that which clients are given first. */
  readonly live: readonly string[];
  /** ISO date of the first of them. @default the first day of the account, which is not recorded */
  readonly since: string | null;
  /** ISO date from which it is to be rotated. @default never, or not known */
  readonly due: string | null;
  /** Age at which it is to be rotated. @default never */
  readonly dueAfterDays: number | null;
  readonly overdue: boolean;
  readonly nextStep: string;
}

type Authority = Pick<AuthorityFacts, "applied" | "nextKey">;

/**
 * What every account logs in with, in order of name, and the authority last.
 *
 * @param today ISO date
 * @param authority @default the stack has none
 */
export const credentialStatuses = (
  records: CredentialRecords,
  today: string,
  authority?: Authority,
): CredentialStatus[] => [
  ...Object.keys(records)
    .sort()
    .map((name) => accountStatus(name, records[name] as CredentialRecords[string], today)),
  ...(authority ? [authorityStatus(authority, today)] : []),
];

function accountStatus(
  account: string,
  { live, rotateAfter }: CredentialRecords[string],
  today: string,
): CredentialStatus {
  const [{ since }] = live;
  const due =
    rotateAfter === undefined || since === undefined
      ? null
      : isoDay(new Date(Date.parse(since) + rotateAfter));
  return {
    account,
    live: live.map(describeCredential),
    since: since ?? null,
    due,
    dueAfterDays: rotateAfter === undefined ? null : Math.ceil(rotateAfter / DAY),
    overdue: isOverdue(due, today),
    nextStep: nextStep(live),
  };
}

function authorityStatus({ applied, nextKey }: Authority, today: string): CredentialStatus {
  const certificates = applied.map((text) => new X509Certificate(text));
  const [first] = certificates;
  const due = first ? isoDay(first.validToDate) : null;
  return {
    account: AUTHORITY,
    live: certificates.map(({ subject }) => subject.replace(/^.*CN=/s, "")),
    since: first ? isoDay(first.validFromDate) : null,
    due,
    dueAfterDays: null,
    overdue: isOverdue(due, today),
    nextStep: nextAuthorityStep(applied, nextKey),
  };
}

const isOverdue = (due: string | null, today: string): boolean => due !== null && due < today;

/** A table for a terminal, a line each. */
export const credentialTable = (statuses: readonly CredentialStatus[]): string[] =>
  textTable([
    ["ACCOUNT", "HANDED OUT", "ALSO LIVE", "SINCE", "DUE", "NEXT STEP"],
    ...statuses.map((status) => {
      const [first = "-", ...others] = status.live;
      const since = status.since ?? (status.account === AUTHORITY ? "-" : "its first day");
      return [
        status.account,
        first,
        others.join(", ") || "-",
        since,
        dueText(status),
        status.nextStep,
      ];
    }),
  ]);

function dueText({ due, dueAfterDays, overdue }: CredentialStatus): string {
  if (due !== null) return overdue ? `${due}, overdue` : due;
  return dueAfterDays === null ? "-" : `${dueAfterDays} days after its first`;
}
