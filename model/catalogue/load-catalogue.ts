import { SettingsError } from "../values/faults.ts";
import { sharedNames } from "../access/shared-names.ts";
import { ownGrants } from "../access/account-declaration.ts";
import type { DeclaredGrants } from "../access/grants.ts";
import { accountAccess } from "./account-access.ts";
import { accountFaults } from "./checks/account-checks.ts";
import { type AccountGroups, groupGrants } from "./account-groups.ts";
import { canonicalOrder } from "./canonical-order.ts";
import type {
  Catalogue,
  CatalogueAccount,
  CatalogueTopic,
  Declarations,
  Declared,
  OwnedAccount,
  Target,
} from "./catalogue.ts";
import {
  danglingDeadLetters,
  identityFaults,
  replicationFaults,
} from "./checks/catalogue-checks.ts";
import { withDeadLetters } from "./dead-letters.ts";
import { repeatedKeys } from "./checks/repeated-keys.ts";
import { readDomain } from "./domain-reader.ts";
import { lagBudgetFaults } from "./checks/lag-budget-checks.ts";
import { topicRoleFaults } from "./checks/topic-role-checks.ts";

const NOT_VALID = "The catalogue is not valid";

/** A catalogue, and what is to be said of how it is written. */
export interface LoadedCatalogue extends Catalogue {
  readonly warnings: readonly string[];
}

/**
 * The catalogue, checked as a whole.
 *
 * @param target cluster that it is for; without one, what it comes to in every environment is checked
 * @throws SettingsError with every fault of every file: wrong values, names declared twice or
 *   reserved, topics that Kafka's metrics could not tell apart, grants on undeclared topics, topics that
 *   are not as the programs need them that keep their state there,
 *   replication that the brokers cannot give or that would stop writes, and groups and transactional ids
 *   that two owners share without both saying so
 */
export function loadCatalogue(
  { domains, accountGroups = {}, sources }: Declarations,
  target?: Target,
): LoadedCatalogue {
  const faults = Object.entries(sources?.() ?? {}).flatMap(([file, text]) =>
    repeatedKeys(text).map((fault) => `${file}: ${fault}`),
  );
  const warnings: string[] = [];
  const topics: Declared<CatalogueTopic>[] = [];
  const accounts: Declared<OwnedAccount>[] = [];

  const attempted: (readonly string[] | undefined)[] = [];

  for (const [file, declaration] of Object.entries(domains)) {
    const read = readDomain(file, declaration);
    faults.push(...read.faults);
    warnings.push(...read.warnings);
    attempted.push(read.attempted);
    topics.push(...read.topics.map((value) => ({ file, value })));
    accounts.push(...read.accounts.map((value) => ({ file, value })));
  }

  faults.push(...identityFaults(topics, accounts));
  // Beside a file that cannot be read at all, whatever leans on it would look dangling.
  if (attempted.every((names) => names !== undefined)) {
    const known = [...topics.map(({ value }) => value.name), ...attempted.flat()];
    faults.push(
      ...danglingDeadLetters(topics, known),
      ...accountFaults(accounts, known, accountGroups),
      ...topicRoleFaults(topics, accounts, accountGroups),
      ...lagBudgetFaults(topics, accounts),
    );
  }
  faults.push(...replicationFaults(topics, target));
  if (faults.length > 0) throw new SettingsError(NOT_VALID, faults);
  const declared = inOrder(topics);
  const resolved = inOrder(accounts).map((one) => resolvedAccount(one, declared, accountGroups));
  const shared = sharedBetweenOwners(resolved, accounts);
  if (shared.length > 0) throw new SettingsError(NOT_VALID, shared);
  return { warnings, topics: declared, accounts: resolved };
}

/** What one owner takes of another: it is in none of the two files, so both are named. */
function sharedBetweenOwners(
  accounts: readonly CatalogueAccount[],
  declared: readonly Declared<OwnedAccount>[],
): string[] {
  const files = new Map(declared.map(({ file, value }) => [value.name, file]));
  return sharedNames(
    accounts.map((one) => ({
      ...accountAccess(one),
      ...{ owner: one.owner, sharesWith: one.sharesWith },
    })),
    ({ username, owner }) => `accounts.${username} of ${owner} (${files.get(username) ?? ""})`,
  );
}

function resolvedAccount(
  account: OwnedAccount,
  topics: readonly CatalogueTopic[],
  declaredGroups: AccountGroups,
): CatalogueAccount {
  const resolved = (grants: DeclaredGrants) => canonicalOrder(withDeadLetters(grants, topics));
  const groups = Object.entries(groupGrants(account, declaredGroups));
  return {
    ...account,
    hosts: canonicalOrder(account.hosts),
    environments: canonicalOrder(account.environments),
    grants: resolved(ownGrants(account)),
    groupGrants: Object.fromEntries(groups.map(([group, grants]) => [group, resolved(grants)])),
  };
}

const inOrder = <T extends { readonly name: string }>(all: readonly Declared<T>[]): T[] =>
  all.map(({ value }) => value).sort((one, other) => (one.name < other.name ? -1 : 1));
