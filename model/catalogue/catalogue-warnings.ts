import { accessWarnings } from "../access/access-review.ts";
import { hostWarnings } from "../access/host-warnings.ts";
import { credentialWarnings } from "../credentials/credential-warnings.ts";
import { namespaceWarnings } from "../kubernetes/account-namespaces.ts";
import type { StackConfig } from "../stack/stack-config.ts";
import { accountAccess } from "./account-access.ts";
import type { LoadedCatalogue } from "./load-catalogue.ts";

type WarnedOf = Pick<StackConfig, "credentials" | "cluster" | "environment" | "protection">;

const UNPROTECTED =
  "kafka-platform:protection is false: whatever loses records is done without an approval.";

/** What is declared and works, and hardly is what was meant, a sentence each. */
export const catalogueWarnings = (
  { topics, accounts, warnings }: LoadedCatalogue,
  { credentials, cluster, environment, protection }: WarnedOf,
): string[] => {
  const access = accounts.map((account) => accountAccess(account, { environment }));
  return [
    ...warnings,
    ...(environment === "dev" || protection ? [] : [UNPROTECTED]),
    ...accessWarnings(
      topics.map(({ name }) => name),
      access,
    ),
    ...hostWarnings(access, cluster.kind),
    ...credentialWarnings(
      credentials,
      accounts.map(({ name }) => name),
    ),
    ...(cluster.kind === "kubernetes"
      ? namespaceWarnings(cluster.accountNamespaces, accounts)
      : []),
  ];
};
