import { aclIdentity } from "../../model/access/acl.ts";
import {
  type AccessRequest,
  Authorizer,
  type Authorization,
} from "../../model/access/authorizer.ts";
import { type CompiledAcl, compileGrants } from "../../model/access/compile-grants.ts";
import type { QuotaLimits } from "../../model/access/quotas.ts";
import type { OwnedAccess } from "../../model/access/shared-names.ts";
import { OWN_ACCOUNTS, ownAccountsOf } from "../../model/stack/own-accounts.ts";
import { type LiveCredentials, liveCredentials } from "../../model/credentials/rotation.ts";
import { kindOf } from "../../model/stack/cluster-kinds.ts";
import type { StackConfig } from "../../model/stack/stack-config.ts";
import { accountAccess } from "../../model/catalogue/account-access.ts";
import type { Catalogue } from "../../model/catalogue/catalogue.ts";

/** Who may do what on a stack, as it is declared: no cluster is asked. */
export interface DeclaredAccess {
  /** Of the catalogue, and the platform's own where it has them. */
  readonly accounts: readonly (OwnedAccess & {
    readonly credentials: LiveCredentials;
    readonly quota?: QuotaLimits | undefined;
  })[];
  readonly superUsers: readonly string[];
  readonly acls: readonly CompiledAcl[];
  readonly authorizer: Authorizer;
}

export function declaredAccess(
  { accounts: declared }: Pick<Catalogue, "accounts">,
  config: Pick<StackConfig, "cluster" | "ui" | "observability" | "credentials" | "environment">,
): DeclaredAccess {
  const own = ownAccountsOf(config).map((username) => ({
    username,
    owner: "platform",
    grants: OWN_ACCOUNTS[username]?.grants ?? {},
    credentials: liveCredentials(config.credentials, username),
  }));
  const accounts = [
    ...declared.map((account) => ({
      ...accountAccess(account, config),
      owner: account.owner,
    })),
    ...own,
  ];
  const { superUsers } = kindOf(config.cluster);
  const acls = accounts.flatMap((account) => compileGrants(account));
  const authorizer = new Authorizer({
    acls: acls.map(({ entry }) => entry),
    superUsers: superUsers.map(principalOf),
  });
  return { accounts, superUsers, acls, authorizer };
}

export const principalOf = (username: string): string => `User:${username}`;

/** A decision in words: the entry that makes it, and the declarations that ask for that entry. */
export function reasonOf(
  decision: Authorization,
  request: AccessRequest,
  acls: readonly CompiledAcl[],
) {
  switch (decision.because) {
    case "entry": {
      const because = acls.find(({ entry }) => entry === decision.acl)?.because ?? [];
      return `${aclIdentity(decision.acl as CompiledAcl["entry"])}: ${because.join("; ")}`;
    }
    case "super user":
      return `${request.principal} is a super user`;
    default:
      return "nothing that is declared grants it";
  }
}
