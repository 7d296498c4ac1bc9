import { describeFaults, SettingsError } from "../components/settings/faults.ts";
import type { Account } from "./account.schema.ts";
import {
  danglingFaults,
  type Declared,
  identityFaults,
  replicationFaults,
  type Target,
} from "./catalogue-checks.ts";
import { DEAD_LETTER_SUFFIX, deadLetterTopic } from "./dead-letters.ts";
import { DOMAINS } from "./domains.ts";
import { domainSchema, type Topic } from "./topic.schema.ts";

export interface CatalogueTopic extends Omit<Topic, "deadLetter"> {
  readonly name: string;
  readonly owner: string;
  /** Topic for the records that its consumers cannot process: whoever consumes it writes there. */
  readonly deadLetter: string | undefined;
}

export interface CatalogueAccount extends Account {
  readonly name: string;
  readonly owner: string;
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
  const accounts: Declared<CatalogueAccount>[] = [];

  for (const [file, declaration] of Object.entries(domains)) {
    const read = readDomain(file, declaration);
    faults.push(...read.faults);
    topics.push(...read.topics.map((value) => ({ file, value })));
    accounts.push(...read.accounts.map((value) => ({ file, value })));
  }

  faults.push(...identityFaults(topics, accounts));
  // A file that does not parse declares nothing, so whatever leans on it would look dangling.
  if (faults.length === 0) faults.push(...danglingFaults(topics, accounts));
  faults.push(...replicationFaults(topics, target));
  if (faults.length > 0) throw new SettingsError("The catalogue is not valid", faults);
  return { topics: inOrder(topics), accounts: inOrder(accounts) };
}

interface Read extends Catalogue {
  readonly faults: readonly string[];
}

const NOTHING: Read = { faults: [], topics: [], accounts: [] };

function readDomain(file: string, declaration: unknown): Read {
  const domain = generated(file, declaration);
  if (domain.faults.length > 0) return { ...NOTHING, faults: domain.faults };
  const parsed = domainSchema.safeParse(domain.value);
  if (!parsed.success) {
    return { ...NOTHING, faults: describeFaults(parsed.error, domain.value, `${file}: `) };
  }
  const { owner, topics, accounts } = parsed.data;
  return {
    faults: [],
    topics: Object.entries(topics).flatMap(([name, topic]) => withDeadLetter(name, owner, topic)),
    accounts: Object.entries(accounts).map(([name, account]) => ({ ...account, name, owner })),
  };
}

/** A domain may be a function that makes it; what that refuses joins the report. */
function generated(file: string, declaration: unknown): { value?: unknown; faults: string[] } {
  if (typeof declaration !== "function") return { value: declaration, faults: [] };
  try {
    return { value: (declaration as () => unknown)(), faults: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { faults: error.faults.map((fault) => `${file}: ${fault}`) };
  }
}

function withDeadLetter(name: string, owner: string, topic: Topic): CatalogueTopic[] {
  const { deadLetter, ...values } = topic;
  if (deadLetter !== true) return [{ ...values, name, owner, deadLetter }];
  const own = `${name}${DEAD_LETTER_SUFFIX}`;
  return [
    { ...values, name, owner, deadLetter: own },
    { ...deadLetterTopic(name, topic), name: own, owner, deadLetter: undefined },
  ];
}

const inOrder = <T extends { readonly name: string }>(all: readonly Declared<T>[]): T[] =>
  all.map(({ value }) => value).sort((one, other) => (one.name < other.name ? -1 : 1));
