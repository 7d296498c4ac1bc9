import { type Acl, EVERYBODY } from "../model/access/authorizer.ts";
import { grantsOperation } from "../model/access/operations.ts";
import { aclIdentity, type AclEntry } from "../model/access/acl.ts";
import type { Risk } from "./assessment.ts";

/**
 * Entries that deny what could be done before: new ones, about something that an entry of before allows to
 * the same principal.
 */
export function deniedAccess(before: readonly Acl[], after: readonly Acl[]): Acl[] {
  const old = new Set(before.map(identity));
  const allowing = Map.groupBy(
    before.filter(({ permission }) => permission === "Allow"),
    ({ principal }) => principal,
  );
  return after.filter(
    (entry) =>
      entry.permission === "Deny" &&
      !old.has(identity(entry)) &&
      [...(allowing.get(entry.principal) ?? []), ...(allowing.get(EVERYBODY) ?? [])].some((allow) =>
        meet(allow, entry),
      ),
  );
}

export function denialRisk({ principal, operation, resourceType, ...on }: Acl): Risk {
  const name = on.patternType === "Prefixed" ? `${on.resourceName}*` : on.resourceName;
  const reason = `${principal} is denied ${operation} on ${resourceType} ${name}`;
  return { change: "access-removal", reason };
}

/** Whether there is something that one allows and the other denies. */
const meet = (allow: Acl, deny: Acl): boolean =>
  allow.resourceType === deny.resourceType &&
  (allow.host === "*" || deny.host === "*" || allow.host === deny.host) &&
  (deny.operation === "All" || grantsOperation(allow.operation, deny.operation)) &&
  namesMeet(allow, deny);

function namesMeet(one: Acl, other: Acl): boolean {
  if ([one, other].some((acl) => acl.patternType === "Literal" && acl.resourceName === "*")) {
    return true;
  }
  const [a, b] = [one.resourceName, other.resourceName];
  if (one.patternType === "Literal" && other.patternType === "Literal") return a === b;
  if (one.patternType === "Literal") return a.startsWith(b);
  if (other.patternType === "Literal") return b.startsWith(a);
  return a.startsWith(b) || b.startsWith(a);
}

const identity = (entry: Acl): string => aclIdentity(entry as AclEntry);
