import { type LiveCredentials, liveCredentials } from "../components/settings/rotation.ts";
import { groupGrants } from "./account-groups.ts";
import { type Account, ownGrants } from "./account.schema.ts";

/**
 * What a declared account comes to: who it is, how it logs in, what it may do and how much.
 *
 * @param rotated what accounts log in with that have been rotated
 */
export function accountAccess(
  account: Account & { readonly name: string },
  rotated: Readonly<Record<string, LiveCredentials>>,
) {
  const { name, mechanism, hosts, quota, rotateAfter } = account;
  return {
    username: name,
    credentials: liveCredentials(rotated, name, mechanism),
    grants: ownGrants(account),
    groups: groupGrants(account),
    hosts,
    quota,
    rotateAfter,
  };
}
