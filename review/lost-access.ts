import { type AclEntry, aclIdentity, covers } from "../model/access/acl.ts";
import type { Acl } from "../model/access/authorizer.ts";
import type { Change } from "./change.ts";
import { deniedAccess, denialRisk } from "./denied-access.ts";
import { ACL } from "../model/stack/resource-types.ts";
import type { Risk } from "./assessment.ts";
import { textAt } from "./property-value.ts";

/**
 * Entries whose right goes with them: they allow something that no entry which stays allows to the same
 * principal from the same address.
 */
export function lostAccess(before: readonly Acl[], after: readonly Acl[]): Acl[] {
  const stays = Map.groupBy(after.filter(isAllow), ({ principal }) => principal);
  const identities = new Set(after.map(identity));
  return before.filter(
    (entry) =>
      isAllow(entry) &&
      !identities.has(identity(entry)) &&
      !(stays.get(entry.principal) ?? []).some(
        ({ host, ...other }) =>
          (host === "*" || host === entry.host) && covers(other as AclEntry, entry as AclEntry),
      ),
  );
}

/** What is lost with the entries of a plan that go, and with those that come and deny, by their URN. */
export function accessDangers(changes: readonly Change[]): ReadonlyMap<string, Risk> {
  const entries = changes.filter(({ type }) => type === ACL);
  const going = entries.filter(({ verb }) => verb === "delete" || verb === "replace");
  const before = entries.flatMap((change) => aclsOf(change.before?.inputs));
  const after = entries.flatMap((change) => aclsOf(change.after?.inputs));
  const risks = new Map([
    ...lostAccess(
      going.flatMap(({ before: was }) => aclsOf(was?.inputs)),
      after,
    ).map((acl) => [identity(acl), accessRisk(acl)] as const),
    ...deniedAccess(before, after).map((acl) => [identity(acl), denialRisk(acl)] as const),
  ]);
  return new Map(
    entries.flatMap(({ urn, before: was, after: is }) =>
      [...aclsOf(was?.inputs), ...aclsOf(is?.inputs)].flatMap((acl) => {
        const risk = risks.get(identity(acl));
        return risk ? [[urn, risk] as const] : [];
      }),
    ),
  );
}

export function accessRisk({ principal, operation, resourceType, ...on }: Acl): Risk {
  const name = on.patternType === "Prefixed" ? `${on.resourceName}*` : on.resourceName;
  const reason = `${principal} can no longer ${operation} on ${resourceType} ${name}`;
  return { change: "access-removal", reason };
}

const isAllow = ({ permission }: Acl): boolean => permission === "Allow";

const identity = (entry: Acl): string => aclIdentity(entry as AclEntry);

/** The entry that inputs declare; none for inputs that are not all known. */
export function aclsOf(inputs: unknown): Acl[] {
  const principal = textAt(inputs, "aclPrincipal");
  const host = textAt(inputs, "aclHost");
  const operation = textAt(inputs, "aclOperation");
  const permission = textAt(inputs, "aclPermissionType");
  const resourceType = textAt(inputs, "aclResourceType");
  const resourceName = textAt(inputs, "aclResourceName");
  const patternType = textAt(inputs, "resourcePatternTypeFilter") ?? "Literal";
  const entry = { principal, host, operation, permission, resourceType, resourceName, patternType };
  return Object.values(entry).every((value) => value !== undefined) ? [entry as Acl] : [];
}
