import type { CatalogueAccount } from "./catalogue.ts";

/** What a declared account comes to: who it is, how it logs in, what it may do and how much. */
export function accountAccess(account: CatalogueAccount) {
  const { name, mechanism = "SCRAM-SHA-512", grants, groupGrants } = account;
  const { hosts, quota, rotateAfter } = account;
  return {
    username: name,
    credentials: [{ mechanism, generation: 1 }] as const,
    grants,
    groups: groupGrants,
    hosts,
    quota,
    rotateAfter,
  };
}
