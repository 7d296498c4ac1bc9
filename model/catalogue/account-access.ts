import { type LiveCredentials, liveCredentials } from "../credentials/rotation.ts";
import type { Environment } from "../values/environment.ts";
import type { CatalogueAccount } from "./catalogue.ts";
import { recordedWaivers } from "../agreements/waiver.ts";

/** What of a stack an account depends on. */
interface Stack {
  readonly environment?: Environment;
  /** What accounts log in with that have been rotated. @default none was */
  readonly credentials?: Readonly<Record<string, LiveCredentials>>;
}

/**
 * What a declared account comes to: who it is, how it logs in, what it may do and how much.
 *
 * @param stack without one it is as it is where no environment says otherwise
 */
export function accountAccess(account: CatalogueAccount, { environment, credentials }: Stack = {}) {
  const { name, mechanism, grants, groupGrants, rotateAfter, environments } = account;
  const changes = environment && environments?.[environment];
  const { waivers, approve, retire } = account;
  return {
    username: name,
    credentials: liveCredentials(credentials ?? {}, name, mechanism),
    grants,
    groups: groupGrants,
    hosts: changes?.hosts ?? account.hosts,
    quota: changes?.quota ?? account.quota,
    rotateAfter,
    waivers: recordedWaivers(waivers),
    approve,
    retire,
  };
}
