import { type LiveCredentials, liveCredentials } from "../credentials/rotation.ts";
import type { CatalogueAccount } from "./catalogue.ts";
import { recordedWaivers } from "../agreements/waiver.ts";

/**
 * What a declared account comes to: who it is, how it logs in, what it may do and how much.
 *
 * @param rotated what accounts log in with that have been rotated. Default: none was.
 */
export function accountAccess(
  account: CatalogueAccount,
  rotated: Readonly<Record<string, LiveCredentials>> = {},
) {
  const { name, mechanism, grants, groupGrants, hosts, quota, rotateAfter } = account;
  const { waivers, approve, retire } = account;
  return {
    username: name,
    credentials: liveCredentials(rotated, name, mechanism),
    grants,
    groups: groupGrants,
    hosts,
    quota,
    rotateAfter,
    waivers: recordedWaivers(waivers),
    approve,
    retire,
  };
}
