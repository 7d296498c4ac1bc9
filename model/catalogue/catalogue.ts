import type { Account } from "../access/account-declaration.ts";
import type { AccountGroups } from "./account-groups.ts";
import type { ResolvedGrants } from "./dead-letters.ts";
import type { Environment } from "../values/environment.ts";
import type { Topic } from "../topic/topic-declaration.ts";

/** What is declared, before it is read: anything may be wrong with it. */
export interface Declarations {
  /** Domains, by the file that declares each. A function is called when the catalogue is loaded. */
  readonly domains: Readonly<Record<string, unknown>>;
  /** Groups that accounts may join, by name. @default none */
  readonly accountGroups?: AccountGroups;
  /** The texts of files in which something is declared, by their names. @default none are looked at */
  readonly sources?: () => Readonly<Record<string, string>>;
}

/** A declaration and the file that it stands in. */
export interface Declared<T> {
  readonly file: string;
  readonly value: T;
}

/** The cluster that the catalogue is for: its replication is checked against what is there. */
export interface Target {
  readonly environment: Environment;
  readonly brokers: number;
  /** Whether brokers have tiered storage. @default they may have */
  readonly tieredStorage?: boolean | undefined;
}

/** A topic, and whose it is. */
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
