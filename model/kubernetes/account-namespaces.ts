/** Where on Kubernetes the clients of accounts are, and with them the Secrets of their logins. */

/** Namespaces by the name of an account, or by the owner of accounts. */
export type AccountNamespaces = Readonly<Record<string, string>>;

interface Owned {
  readonly name: string;
  readonly owner: string;
}

/** That of an account: its own, else its owner's. @returns undefined for the cluster's */
export const namespaceOf = (
  namespaces: AccountNamespaces,
  { name, owner }: Owned,
): string | undefined => namespaces[name] ?? namespaces[owner];

/** Every namespace that is named, once. */
export const allNamespaces = (namespaces: AccountNamespaces): string[] =>
  [...new Set(Object.values(namespaces))].sort();

/** Entries that are nobody's: a misspelt one leaves a Secret where its client is not. */
export function namespaceWarnings(
  namespaces: AccountNamespaces,
  accounts: readonly Owned[],
): string[] {
  const known = new Set(accounts.flatMap(({ name, owner }) => [name, owner]));
  const unknown = Object.keys(namespaces).filter((key) => !known.has(key));
  if (unknown.length === 0) return [];
  return [
    `cluster.accountNamespaces: no account and no owner is called ${unknown.sort().join(", ")}.`,
  ];
}
