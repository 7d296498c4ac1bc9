import { groupGrants } from "./account-groups.ts";
import { type Account, ownGrants } from "./account.schema.ts";

/** What a declared account comes to: who it is, how it logs in, what it may do and how much. */
export function accountAccess(account: Account & { readonly name: string }) {
  const { name, mechanism = "SCRAM-SHA-512", hosts, quota, rotateAfter } = account;
  return {
    username: name,
    credentials: [{ mechanism, generation: 1 }] as const,
    grants: ownGrants(account),
    groups: groupGrants(account),
    hosts,
    quota,
    rotateAfter,
  };
}
