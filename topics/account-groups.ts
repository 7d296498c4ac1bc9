import type { AccountGroup } from "../model/access/account-declaration.ts";

/** Groups of accounts. An account joins by naming the group; the grants here are then its own too. */
export const ACCOUNT_GROUPS: Readonly<Record<string, AccountGroup>> = {
  operators: {
    description: "Those who look after the cluster: all of it visible, no record read.",
    owner: "platform",
    inspects: true,
  },
};
