import { type AclBinding, aclKey } from "../../clients/kafka/acls.ts";
import type { Context, Evidence } from "./control.ts";

const USER = "User:";

/** Looking changes nothing and shows no record. */
const LOOKS: readonly string[] = ["DESCRIBE", "DESCRIBE_CONFIGS"];

/** What to do about a right that is too wide. */
export const ENTRY_BY_ENTRY =
  "Grant what is needed, entry by entry, in topics/, and remove this one: `kafka-platform prune --execute`.";

/** The user that an entry is about; undefined for principals of another kind. */
export const userOf = ({ principal }: Pick<AclBinding, "principal">): string | undefined =>
  principal.startsWith(USER) ? principal.slice(USER.length) : undefined;

export const allows = ({ permissionType }: AclBinding): boolean => permissionType === "ALLOW";

/** Whether an entry allows more than to look. */
export const allowsMore = (acl: AclBinding): boolean =>
  allows(acl) && !LOOKS.includes(acl.operation);

export const isOfEverything = ({ resourceName, patternType }: AclBinding): boolean =>
  patternType === "LITERAL" && resourceName === "*";

export const shown = (acls: readonly AclBinding[], seen: string): Evidence[] =>
  acls.map((acl) => ({ subject: `entry ${aclKey(acl)}`, seen }));

export const declaredKeys = ({ declared }: Context): ReadonlySet<string> =>
  new Set(declared.acls.map(aclKey));

/** Without what the platform itself declares for its own accounts: that is looked at by its tests. */
export function byOthers(acls: readonly AclBinding[], context: Context): AclBinding[] {
  const { accounts } = context.declared;
  const own = new Set(accounts.filter(({ owner }) => owner === "platform").map(({ name }) => name));
  const known = declaredKeys(context);
  return acls.filter((acl) => !(own.has(userOf(acl) ?? "") && known.has(aclKey(acl))));
}
