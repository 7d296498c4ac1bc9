import { SettingsError } from "../components/settings/faults.ts";
import { accountFaults } from "./account-checks.ts";
import { groupGrants } from "./account-groups.ts";
import { type Account, type AccountGrants, ownGrants } from "./account.schema.ts";
import { canonicalOrder } from "./canonical-order.ts";
import {
  danglingDeadLetters,
  type Declared,
  identityFaults,
  replicationFaults,
  type Target,
} from "./catalogue-checks.ts";
import { type ResolvedGrants, withDeadLetters } from "./dead-letters.ts";
import { DOMAINS } from "./domains.ts";
import { readDomain } from "./domain-reader.ts";
import type { Topic } from "./topic.schema.ts";

export interface CatalogueTopic extends Omit<Topic, "deadLetter"> {
  readonly name: string;
  readonly owner: string;
  /** Topic for the records that its consumers cannot process: whoever consumes it writes there. */
  readonly deadLetter: string | undefined;
}

/** An account, and whose it is. */
export interface OwnedAccount extends Account {
  readonly name: string;
  readonly owner: string;
}

export interface CatalogueAccount extends OwnedAccount {
  /** What it may do by its own declaration, the dead letters of what it consumes included. */
  readonly grants: ResolvedGrants;
  /** The same for each group of accounts that it belongs to, by the name of the group. */
  readonly groupGrants: Readonly<Record<string, ResolvedGrants>>;
}

/** Everything declared, of every domain, in order of name; no trace of where it was declared. */
export interface Catalogue {
  readonly topics: readonly CatalogueTopic[];
  readonly accounts: readonly CatalogueAccount[];
}

/**
 * The catalogue, checked as a whole.
 *
 * @param target cluster that it is for; without one, what it comes to in every environment is checked
 * @throws SettingsError with every fault of every file: wrong values, names declared twice or
 *   reserved, topics that Kafka's metrics could not tell apart, grants on undeclared topics, and
 *   replication that the brokers cannot give or that would stop writes
 */
export function loadCatalogue(
  domains: Readonly<Record<string, unknown>> = DOMAINS,
  target?: Target,
): Catalogue {
  const faults: string[] = [];
  const topics: Declared<CatalogueTopic>[] = [];
  const accounts: Declared<OwnedAccount>[] = [];

  const attempted: (readonly string[] | undefined)[] = [];

  for (const [file, declaration] of Object.entries(domains)) {
    const read = readDomain(file, declaration);
    faults.push(...read.faults);
    attempted.push(read.attempted);
    topics.push(...read.topics.map((value) => ({ file, value })));
    accounts.push(...read.accounts.map((value) => ({ file, value })));
  }

  faults.push(...identityFaults(topics, accounts));
  // Beside a file that cannot be read at all, whatever leans on it would look dangling.
  if (attempted.every((names) => names !== undefined)) {
    const known = [...topics.map(({ value }) => value.name), ...attempted.flat()];
    faults.push(...danglingDeadLetters(topics, known), ...accountFaults(accounts, known));
  }
  faults.push(...replicationFaults(topics, target));
  if (faults.length > 0) throw new SettingsError("The catalogue is not valid", faults);
  const declared = inOrder(topics);
  return {
    topics: declared,
    accounts: inOrder(accounts).map((account) => resolvedAccount(account, declared)),
  };
}

function resolvedAccount(
  account: OwnedAccount,
  topics: readonly CatalogueTopic[],
): CatalogueAccount {
  const resolved = (grants: AccountGrants) => canonicalOrder(withDeadLetters(grants, topics));
  const groups = Object.entries(groupGrants(account));
  return {
    ...account,
    hosts: canonicalOrder(account.hosts),
    grants: resolved(ownGrants(account)),
    groupGrants: Object.fromEntries(groups.map(([group, grants]) => [group, resolved(grants)])),
  };
}

const inOrder = <T extends { readonly name: string }>(all: readonly Declared<T>[]): T[] =>
  all.map(({ value }) => value).sort((one, other) => (one.name < other.name ? -1 : 1));
