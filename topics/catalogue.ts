import { describeFaults, SettingsError } from "../components/settings/faults.ts";
import { KAFKA_UI_ACCOUNT, PLATFORM_ACCOUNTS } from "../components/settings/platform-accounts.ts";
import { accountFaults } from "./account-checks.ts";
import { eCommerce } from "./e-commerce.ts";
import type { Account } from "./account.schema.ts";
import { type Domain, domainSchema, type Topic } from "./topic.schema.ts";

export interface CatalogueTopic extends Topic {
  readonly name: string;
  readonly owner: string;
}

export interface CatalogueAccount extends Account {
  readonly name: string;
  readonly owner: string;
}

/** Everything declared, of every domain, in order of name. */
export interface Catalogue {
  readonly topics: readonly CatalogueTopic[];
  readonly accounts: readonly CatalogueAccount[];
}

/** Every domain, by the file that declares it. */
const DOMAINS: Readonly<Record<string, Domain>> = {
  "topics/e-commerce.ts": eCommerce,
};

const RESERVED_ACCOUNTS = new Set<string>([...Object.values(PLATFORM_ACCOUNTS), KAFKA_UI_ACCOUNT]);

/**
 * The catalogue, checked as a whole.
 *
 * @throws SettingsError with every fault of every file: wrong values, names declared twice or
 *   reserved, topics that Kafka's metrics could not tell apart, and grants on undeclared topics
 */
export function loadCatalogue(domains: Readonly<Record<string, unknown>> = DOMAINS): Catalogue {
  const faults: string[] = [];
  const topics: (CatalogueTopic & Declared)[] = [];
  const accounts: (CatalogueAccount & Declared)[] = [];

  for (const [file, domain] of Object.entries(domains)) {
    const parsed = domainSchema.safeParse(domain);
    if (!parsed.success) {
      faults.push(...describeFaults(parsed.error, domain, `${file}: `));
      continue;
    }
    const { owner } = parsed.data;
    for (const [name, topic] of Object.entries(parsed.data.topics)) {
      topics.push({ ...topic, name, owner, file });
    }
    for (const [name, account] of Object.entries(parsed.data.accounts)) {
      accounts.push({ ...account, name, owner: account.owner ?? owner, file });
    }
  }

  faults.push(
    ...clashes("topic", topics, ({ name }) => name.replaceAll(".", "_")),
    ...clashes("account", accounts, ({ name }) => name),
    ...reservedAccounts(accounts),
  );
  // A file that does not parse declares nothing, so whatever leans on it would look dangling.
  if (faults.length === 0) faults.push(...accountFaults(accounts, topics));
  if (faults.length > 0) throw new SettingsError("The catalogue is not valid", faults);
  return { topics: topics.sort(byName), accounts: accounts.sort(byName) };
}

interface Declared {
  readonly file: string;
  readonly name: string;
}

const byName = (one: Declared, other: Declared) => (one.name < other.name ? -1 : 1);

/** Two declarations of one identity. Kafka's metrics write a dot as an underscore, so topics that differ only there clash. */
function clashes<T extends Declared>(
  kind: string,
  all: readonly T[],
  identity: (one: T) => string,
) {
  const groups = Map.groupBy(all, identity);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const places = group.map(({ name, file }) => `"${name}" in ${file}`).join(" and ");
      return `${kind} declared twice, or not told apart in metrics ('.' equals '_'): ${places}`;
    });
}

const reservedAccounts = (accounts: readonly Declared[]) =>
  accounts
    .filter(({ name }) => RESERVED_ACCOUNTS.has(name))
    .map(({ name, file }) => `${file}: accounts.${name}: the platform uses this name itself`);
