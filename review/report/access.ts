import { type AccessChange, accessChanges } from "../../model/access/access-changes.ts";
import { type Acl, EVERYBODY } from "../../model/access/authorizer.ts";
import type { Change } from "../change.ts";
import { ACL, CREDENTIAL } from "../../model/stack/resource-types.ts";
import { aclsOf } from "../lost-access.ts";
import { textAt } from "../property-value.ts";

/** A credential that somebody can log in with from now on, or cannot any more. */
export interface LoginChange {
  readonly change: "gains" | "loses";
  readonly username: string;
  readonly mechanism: string;
}

export interface AccessReport {
  /** Who can do what from now on, or not any more: the effect, whatever entries it comes from. */
  readonly rights: readonly AccessChange[];
  readonly logins: readonly LoginChange[];
}

/** Who gains and who loses which access by a plan. */
export function accessReport(changes: readonly Change[]): AccessReport {
  const entries = changes.filter(({ type }) => type === ACL);
  const before = entries.flatMap(({ before }) => aclsOf(before?.inputs));
  const after = entries.flatMap(({ after }) => aclsOf(after?.inputs));
  const touched = new Set(
    entries.flatMap((change) =>
      change.verb === "same"
        ? []
        : [...aclsOf(change.before?.inputs), ...aclsOf(change.after?.inputs)].map(
            ({ principal }) => principal,
          ),
    ),
  );
  // What everybody may do counts for all; whose entries stay as they are keep what they had.
  const concerned = (acl: Acl): boolean =>
    touched.has(EVERYBODY) || acl.principal === EVERYBODY || touched.has(acl.principal);
  return {
    rights:
      touched.size === 0
        ? []
        : accessChanges(
            { acls: before.filter(concerned) },
            { acls: after.filter(concerned) },
          ).toSorted((one, other) => order(one.principal, other.principal)),
    logins: loginChanges(changes),
  };
}

function loginChanges(changes: readonly Change[]): LoginChange[] {
  const credentials = changes.filter(({ type }) => type === CREDENTIAL);
  const before = credentials.flatMap(({ before }) => loginsOf(before?.inputs));
  const after = credentials.flatMap(({ after }) => loginsOf(after?.inputs));
  const among = (all: typeof before, one: string): boolean => all.some(([key]) => key === one);
  return [
    ...before
      .filter(([key]) => !among(after, key))
      .map(([, login]) => ({ change: "loses", ...login }) as const),
    ...after
      .filter(([key]) => !among(before, key))
      .map(([, login]) => ({ change: "gains", ...login }) as const),
  ].toSorted((one, other) => order(one.username, other.username));
}

function loginsOf(inputs: unknown): [string, { username: string; mechanism: string }][] {
  const username = textAt(inputs, "username");
  const mechanism = textAt(inputs, "scramMechanism");
  if (username === undefined || mechanism === undefined) return [];
  return [[`${username} ${mechanism}`, { username, mechanism }]];
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
