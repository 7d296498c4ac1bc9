import { aclIdentity, type AclEntry, covers, type Right, rightIdentity } from "./acl.ts";
import { PatternIndex } from "./pattern-index.ts";
import type { Access } from "./grants.ts";
import { type DeclaredRight, declaredRights } from "./rights.ts";

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
  const declared = [
    ...declaredRights(grants),
    ...Object.entries(groups).flatMap(([group, granted]) =>
      declaredRights(granted).map(({ right, because }) => ({
        right,
        because: `group ${group}: ${because}`,
      })),
    ),
  ];
  const addresses = hosts.length === 0 ? ["*"] : new Set(hosts);
  const rights = minimal(declared.map(({ right }) => right));
  const reasons = reasonsOf(rights, declared);
  return rights
    .flatMap((right) =>
      [...addresses].map((host) => ({
        entry: { principal: `User:${username}`, host, permission: "Allow" as const, ...right },
        because: [...new Set(reasons.get(right))].sort(),
      })),
    )
    .map((compiled) => [aclIdentity(compiled.entry), compiled] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, compiled]) => compiled);
}

/** The consumer groups it may join by its grants, sorted; `*` at the end of one: every name that starts so. */
export function consumerGroups({ grants, groups = {} }: Omit<Access, "username">): string[] {
  const all = [grants, ...Object.values(groups)].flatMap(({ consumes = [] }) => consumes);
  return [...new Set(all.map(({ group }) => group))].sort();
}

function minimal(rights: readonly Right[]): Right[] {
  const distinct = [...new Map(rights.map((right) => [rightIdentity(right), right])).values()];
  const index = new PatternIndex(distinct);
  return distinct.filter((right) => !coverOf(right, index).some((other) => other !== right));
}

/** The declarations that each right answers. */
function reasonsOf(rights: readonly Right[], declared: readonly DeclaredRight[]) {
  const reasons = new Map<Right, string[]>(rights.map((right) => [right, []]));
  const index = new PatternIndex(rights);
  for (const { right, because } of declared) {
    for (const cover of coverOf(right, index)) reasons.get(cover)?.push(because);
  }
  return reasons;
}

/** Rights that allow all that `right` allows. */
const coverOf = (right: Right, index: PatternIndex<Right>): Right[] =>
  [...index.matching(right.resourceName)].filter((other) => covers(other, right));
