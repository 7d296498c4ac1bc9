import type { AclBinding } from "../../../clients/kafka/acls.ts";
import { control, type Context, type Evidence } from "../control.ts";
import { userOf } from "../entries.ts";

const byUser = (acls: readonly AclBinding[]): Map<string, AclBinding[]> =>
  Map.groupBy(
    acls.filter((acl) => userOf(acl) !== undefined && acl.principal !== "User:*"),
    (acl) => userOf(acl) ?? "",
  );

/** Names that one application has to itself, and the operation that uses them. */
const EXCLUSIVE = {
  GROUP: { operations: ["READ", "ALL"], what: "group" },
  TRANSACTIONAL_ID: { operations: ["WRITE", "ALL"], what: "transactional id" },
} as const;

/** Pairs of users of different owners that may use a same name, without both having agreed. */
function shared(
  acls: readonly AclBinding[],
  type: keyof typeof EXCLUSIVE,
  { declared }: Context,
): Evidence[] {
  const { operations, what } = EXCLUSIVE[type];
  const accounts = new Map(declared.accounts.map((account) => [account.name, account]));
  const agreed = (one: string, other: string): boolean => {
    const [left, right] = [accounts.get(one), accounts.get(other)];
    if (!left || !right) return false;
    const both = left.sharesWith.includes(other) && right.sharesWith.includes(one);
    return left.owner === right.owner || both;
  };
  const held = acls.filter(
    (acl) =>
      acl.resourceType === type &&
      acl.permissionType === "ALLOW" &&
      (operations as readonly string[]).includes(acl.operation) &&
      userOf(acl) !== undefined,
  );
  const pairs = held.flatMap((one, at) =>
    held.slice(at + 1).flatMap((other) => {
      const users = [userOf(one) ?? "", userOf(other) ?? ""].sort();
      const [first = "", second = ""] = users;
      if (first === second || agreed(first, second) || !overlap(one, other)) return [];
      const name = one.resourceName.length > other.resourceName.length ? one : other;
      const star = name.patternType === "PREFIXED" ? "*" : "";
      const subject = `${what} ${name.resourceName}${star} of ${first} and ${second}`;
      return [{ subject, seen: "both may use it, and they have not agreed to (`sharesWith`)" }];
    }),
  );
  return [...new Map(pairs.map((pair) => [pair.subject, pair])).values()];
}

function overlap(one: AclBinding, other: AclBinding): boolean {
  const reaches = (outer: AclBinding, inner: AclBinding): boolean =>
    outer.patternType === "PREFIXED"
      ? inner.resourceName.startsWith(outer.resourceName)
      : outer.resourceName === "*" ||
        (inner.patternType === "LITERAL" && inner.resourceName === outer.resourceName);
  return reaches(one, other) || reaches(other, one);
}

/** Who holds rights, and with whom. */
export const HOLDER_CONTROLS = [
  control(
    {
      id: "group-shared",
      title: "No consumer group is open to two owners that have not agreed to it",
      severity: "high",
      fix: "Give each a group of its own, or let each name the other in sharesWith.",
      source: "This project: a group belongs to one owner",
    },
    ["acls"],
    ({ acls }, context) => shared(acls, "GROUP", context),
  ),
  control(
    {
      id: "transactional-id-shared",
      title: "No transactional id is open to two owners that have not agreed to it",
      severity: "high",
      fix: "Give each an id of its own, or let each name the other in sharesWith.",
      source: "KIP-98: a producer with the same id fences the other one",
    },
    ["acls"],
    ({ acls }, context) => shared(acls, "TRANSACTIONAL_ID", context),
  ),
  control(
    {
      id: "right-without-user",
      title: "Everybody who has rights can log in",
      severity: "medium",
      fix: "Remove the rights (`prune`), or put the stack up again if the account is declared.",
      source: "CIS Controls 5.3: disable dormant accounts",
    },
    ["acls", "users"],
    ({ acls, users }, { declared }) => {
      const there = new Set([...users.map(({ username }) => username), ...declared.superUsers]);
      // Who does not log in is looked at by a control of its own.
      return [...byUser(acls)]
        .filter(([name]) => name !== "ANONYMOUS" && !there.has(name))
        .map(([name, of]) => ({
          subject: `user ${name}`,
          seen: `${of.length} entries, and no such login: whoever makes one of that name has them`,
        }));
    },
  ),
  control(
    {
      id: "right-of-super-user",
      title: "Super users have no entries of their own",
      severity: "low",
      fix: "Remove them: `prune`. They change nothing, and hide what the user may do.",
      source: "Apache Kafka documentation, super.users",
    },
    ["acls"],
    ({ acls }, { declared }) =>
      [...byUser(acls)]
        .filter(([name]) => declared.superUsers.includes(name))
        .map(([name, of]) => ({
          subject: `user ${name}`,
          seen: `${of.length} entries without effect: it may do everything anyway`,
        })),
  ),
  control(
    {
      id: "user-without-rights",
      title: "Everybody who can log in may do something",
      severity: "low",
      fix: "Remove the login (`prune`), or declare what it is for.",
      source: "CIS Controls 5.3: disable dormant accounts",
    },
    ["acls", "users"],
    ({ acls, users }, { declared }) => {
      const holders = byUser(acls);
      const exempt = new Set([...declared.platformUsers, ...declared.superUsers]);
      return users
        .filter(({ username }) => !exempt.has(username) && !holders.has(username))
        .map(({ username }) => ({ subject: `user ${username}`, seen: "no entry is about it" }));
    },
  ),
] as const;
