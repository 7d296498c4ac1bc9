import { describeFaults, SettingsError } from "../values/faults.ts";
import {
  type Account,
  type AccountGroup,
  accountGroupSchema,
  ownGrants,
} from "../access/account-declaration.ts";
import type { DeclaredGrants } from "../access/grants.ts";

export type AccountGroups = Readonly<Record<string, AccountGroup>>;

/** Where groups are declared, for messages. */
export const ACCOUNT_GROUPS_FILE = "topics/account-groups.ts";

/**
 * What an account gets from the groups it belongs to, by the name of the group.
 *
 * @throws SettingsError for a group of the account that does not fit its schema
 */
export const groupGrants = (
  { groups = [] }: Pick<Account, "groups">,
  declared: AccountGroups,
): Record<string, DeclaredGrants> =>
  Object.fromEntries(
    [...new Set(groups)].sort().map((name) => {
      const parsed = accountGroupSchema.safeParse(declared[name]);
      if (parsed.success) return [name, ownGrants(parsed.data)];
      const faults = describeFaults(parsed.error, declared[name], `${name}.`);
      throw new SettingsError(`${ACCOUNT_GROUPS_FILE} is not valid`, faults);
    }),
  );
