import {
  aclIdentity,
  type AclEntry,
  covers,
  coversDenial,
  type Right,
  rightIdentity,
} from "./acl.ts";
import { PatternIndex } from "./pattern-index.ts";
import type { Access, Grants } from "./grants.ts";
import { type DeclaredRight, declaredRights, deniedRights } from "./rights.ts";

/** An entry, and the declarations that asked for it; the latter are no part of its identity. */
export interface CompiledAcl {
  readonly entry: AclEntry;
  readonly because: readonly string[];
}

/**
 * The fewest entries that make the grants work: no duplicates, nothing that another entry allows
 * already, in an order that does not depend on the order of the declarations.
 */
export function compileGrants({
  username,
  hosts = [],
  grants,
  groups = {},
}: Access): CompiledAcl[] {
  const addresses = hosts.length === 0 ? ["*"] : [...new Set(hosts)];
  const entries = (
    permission: AclEntry["permission"],
    declared: readonly DeclaredRight[],
    from: readonly string[],
  ) =>
    compiled(declared, permission === "Allow" ? covers : coversDenial).flatMap(
      ({ right, because }) =>
        from.map((host) => ({
          entry: { principal: `User:${username}`, host, permission, ...right },
          because,
        })),
    );
  return [
    ...entries("Allow", ofAll(grants, groups, declaredRights), addresses),
    // From every address: one that it may not come from now it may come from later.
    ...entries("Deny", ofAll(grants, groups, deniedRights), ["*"]),
  ]
    .map((one) => [aclIdentity(one.entry), one] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);
}

/** What an account declares itself, and what each of its groups does. */
const ofAll = (
  grants: Grants,
  groups: Readonly<Record<string, Grants>>,
  rightsOf: (grants: Grants) => DeclaredRight[],
): DeclaredRight[] => [
  ...rightsOf(grants),
  ...Object.entries(groups).flatMap(([group, granted]) =>
    rightsOf(granted).map(({ right, because }) => ({
      right,
      because: `group ${group}: ${because}`,
    })),
  ),
];

type Cover = typeof covers;

function compiled(declared: readonly DeclaredRight[], covering: Cover) {
  const rights = minimal(
    declared.map(({ right }) => right),
    covering,
  );
  const reasons = reasonsOf(rights, declared, covering);
  return rights.map((right) => ({ right, because: [...new Set(reasons.get(right))].sort() }));
}

/** The consumer groups it may join by its grants, sorted; `*` at the end of one: every name that starts so. */
export function consumerGroups({ grants, groups = {} }: Omit<Access, "username">): string[] {
  const all = [grants, ...Object.values(groups)].flatMap(({ consumes = [] }) => consumes);
  return [...new Set(all.flatMap(({ group }) => group ?? []))].sort();
}

function minimal(rights: readonly Right[], covering: Cover): Right[] {
  const distinct = [...new Map(rights.map((right) => [rightIdentity(right), right])).values()];
  const index = new PatternIndex(distinct);
  return distinct.filter(
    (right) => !coverOf(right, index, covering).some((other) => other !== right),
  );
}

/** The declarations that each right answers. */
function reasonsOf(rights: readonly Right[], declared: readonly DeclaredRight[], covering: Cover) {
  const reasons = new Map<Right, string[]>(rights.map((right) => [right, []]));
  const index = new PatternIndex(rights);
  for (const { right, because } of declared) {
    for (const cover of coverOf(right, index, covering)) reasons.get(cover)?.push(because);
  }
  return reasons;
}

/** Rights that say all that `right` says. */
const coverOf = (right: Right, index: PatternIndex<Right>, covering: Cover): Right[] =>
  [...index.matching(right.resourceName)].filter((other) => covering(other, right));
