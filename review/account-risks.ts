import type { Grants } from "../model/access/grants.ts";
import { compileGrants } from "../model/access/compile-grants.ts";
import { type LiveCredentials, retiredSlot } from "../model/credentials/rotation.ts";
import type { Risk } from "./assessment.ts";
import { deniedAccess, denialRisk } from "./denied-access.ts";
import { accessRisk, lostAccess } from "./lost-access.ts";
import { isRecord } from "./property-value.ts";

/** What an account cannot do any more when its declaration changes, from the inputs of its component. */
export function accountRisks(before: unknown, after: unknown): Risk[] {
  const stays = new Set(mechanismsOf(after));
  return [
    ...lostAccess(entriesOf(before), entriesOf(after)).map(accessRisk),
    ...deniedAccess(entriesOf(before), entriesOf(after)).map(denialRisk),
    ...mechanismsOf(before)
      .filter((mechanism) => !stays.has(mechanism))
      .map((mechanism): Risk => {
        const reason = `its ${mechanism} credential goes: nobody can log in with it any more`;
        return { change: "credential-removal", reason };
      }),
  ];
}

/** Mechanisms that an account has a credential of, retired ones included. */
function mechanismsOf(inputs: unknown): string[] {
  const live = isRecord(inputs) ? inputs["credentials"] : undefined;
  if (!Array.isArray(live) || live.length === 0) return [];
  const credentials = live as unknown as LiveCredentials;
  const retired = retiredSlot(credentials);
  return [...credentials, ...(retired ? [retired] : [])].map(({ mechanism }) => mechanism);
}

/** None for what is not the inputs of an account: a state that an older program left. */
function entriesOf(inputs: unknown) {
  if (!isRecord(inputs) || typeof inputs["username"] !== "string") return [];
  if (!isRecord(inputs["grants"])) return [];
  const access = inputs as {
    readonly username: string;
    readonly grants: Grants;
    readonly groups?: Readonly<Record<string, Grants>>;
    readonly hosts?: readonly string[];
  };
  return compileGrants(access).map(({ entry }) => entry);
}
