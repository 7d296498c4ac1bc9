import { describeFaults, SettingsError } from "../components/settings/faults.ts";
import {
  type Account,
  type AccountGrants,
  type AccountGroup,
  accountGroupSchema,
  ownGrants,
} from "./account.schema.ts";

/** Groups of accounts. An account joins by naming the group; the grants here are then its own too. */
export const ACCOUNT_GROUPS: Readonly<Record<string, AccountGroup>> = {
  operators: {
    description: "Those who look after the cluster: all of it visible, no record read.",
    owner: "platform",
    inspects: true,
  },
};

export const ACCOUNT_GROUPS_FILE = "topics/account-groups.ts";

/**
 * What an account gets from the groups it belongs to, by the name of the group.
 *
 * @throws SettingsError for a group of the account that does not fit its schema
 */
export const groupGrants = (
  { groups = [] }: Pick<Account, "groups">,
  declared: Readonly<Record<string, AccountGroup>> = ACCOUNT_GROUPS,
): Record<string, AccountGrants> =>
  Object.fromEntries(
    [...new Set(groups)].sort().map((name) => {
      const parsed = accountGroupSchema.safeParse(declared[name]);
      if (parsed.success) return [name, ownGrants(parsed.data)];
      const faults = describeFaults(parsed.error, declared[name], `${name}.`);
      throw new SettingsError(`${ACCOUNT_GROUPS_FILE} is not valid`, faults);
    }),
  );
