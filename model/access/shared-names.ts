import type { Right } from "./acl.ts";
import { compileGrants } from "./compile-grants.ts";
import { grantsOperation } from "./operations.ts";
import type { Access } from "./grants.ts";
import { PatternIndex } from "./pattern-index.ts";

/** An account, and the team that answers for it. */
export interface OwnedAccess extends Access {
  readonly owner: string;
  /** Accounts of other owners that may use its groups and transactional ids, if they say the same of it. */
  readonly sharesWith?: readonly string[] | undefined;
}

interface Words {
  readonly what: string;
  readonly harm: string;
}

/** Names that one application has to itself: by their type and the operation that uses them. */
const EXCLUSIVE = [
  {
    resourceType: "Group",
    operation: "Read",
    what: "consumer group",
    harm: "may both join it, and would take each other's partitions",
  },
  {
    resourceType: "TransactionalID",
    operation: "Write",
    what: "transactional id",
    harm: "may both use it, and would end each other's transactions",
  },
] as const satisfies readonly (Pick<Right, "resourceType" | "operation"> & Words)[];

interface Holder extends Right {
  readonly account: OwnedAccess;
}

/**
 * Consumer groups and transactional ids that accounts of two owners may use although not both have agreed,
 * a sentence each.
 *
 * @param whose how an account is called in them
 */
export function sharedNames(
  accounts: readonly OwnedAccess[],
  whose: (account: OwnedAccess) => string,
): string[] {
  const held = accounts.flatMap((account) =>
    compileGrants(account)
      .filter(({ entry }) => entry.permission === "Allow")
      .map(({ entry }): Holder => ({ ...entry, account })),
  );
  const faults = EXCLUSIVE.flatMap(({ resourceType, operation, what, harm }) => {
    const holders = held.filter(
      (one) => one.resourceType === resourceType && grantsOperation(one.operation, operation),
    );
    const index = new PatternIndex(holders);
    return holders.flatMap((one) =>
      // What means the beginning of a prefix, or the name itself, means some of its names too.
      [...index.matching(one.resourceName)]
        .filter((other) => overlap(one, other) && !mayShare(one.account, other.account))
        .map((other) => {
          const both = [one.account, other.account].sort((a, b) =>
            a.username < b.username ? -1 : 1,
          );
          return (
            `${what} ${nameOf(one)}: ${both.map(whose).join(" and ")} ${harm}; give each one of its own, or ` +
            "let each name the other in sharesWith"
          );
        }),
    );
  });
  return [...new Set(faults)];
}

/** `other` means the name that `one` begins with; a literal one is inside a prefix only so. */
const overlap = (one: Holder, other: Holder): boolean =>
  one.patternType === "Literal" || other.patternType === "Prefixed";

const mayShare = (one: OwnedAccess, other: OwnedAccess): boolean =>
  one.owner === other.owner || (agreesWith(one, other) && agreesWith(other, one));

const agreesWith = ({ sharesWith = [] }: OwnedAccess, { username }: OwnedAccess): boolean =>
  sharesWith.includes(username);

const nameOf = ({ resourceName, patternType }: Right): string =>
  `${resourceName}${patternType === "Prefixed" ? "*" : ""}`;
