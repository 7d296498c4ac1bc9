import { accessWarnings } from "../access/access-review.ts";
import { credentialWarnings } from "../credentials/credential-warnings.ts";
import { namespaceWarnings } from "../kubernetes/account-namespaces.ts";
import type { StackConfig } from "../stack/stack-config.ts";
import { accountAccess } from "./account-access.ts";
import type { LoadedCatalogue } from "./load-catalogue.ts";

/** What is declared and works, and hardly is what was meant, a sentence each. */
export const catalogueWarnings = (
  { topics, accounts, warnings }: LoadedCatalogue,
  { credentials, cluster }: Pick<StackConfig, "credentials" | "cluster">,
): string[] => [
  ...warnings,
  ...accessWarnings(
    topics.map(({ name }) => name),
    accounts.map((account) => accountAccess(account)),
  ),
  ...credentialWarnings(
    credentials,
    accounts.map(({ name }) => name),
  ),
  ...(cluster.kind === "kubernetes" ? namespaceWarnings(cluster.accountNamespaces, accounts) : []),
];
