import { join } from "node:path";
import { Journal, type JournalContent, readJournal } from "./journal.ts";
import { createSalt, openSalt, type Passphrase } from "./passphrase.ts";
import { SECRET_WORD } from "../../model/values/shown-words.ts";
import { decodeRecord, encodeRecord, type ResourceRecord } from "./resource-record.ts";
import type { SecretMasker } from "../values/secret-masker.ts";
import type { Cipher, Json } from "../values/encoding.ts";
import { UserError } from "../../model/values/user-error.ts";

/** One stack, and where its state lies. */
export interface StackTarget {
  /** Directory of the program's `package.json`. */
  readonly projectDir: string;
  readonly project: string;
  readonly stack: string;
  /** Parent of the state directories of all stacks. */
  readonly stateDir: string;
  readonly passphrase: Passphrase;
}

/** A driver call that was begun. One that is still recorded at the start of a run was interrupted. */
export type PendingOperation = "create" | "update" | "delete";

/** What the end of an operation changes, all of it or nothing. */
export interface StateChange {
  /** The operation on this URN came to nothing. */
  readonly ended?: string;
  /** New records; the operations on them are over. */
  readonly save?: readonly ResourceRecord[];
  readonly forget?: readonly string[];
  /** Replaced objects, to be deleted at the end of the run. */
  readonly pendingDelete?: readonly ResourceRecord[];
  readonly deleted?: readonly ResourceRecord[];
  /** A resource found under an alias: its URN before. */
  readonly renamedFrom?: string;
}

const FORMAT = 1;
const META = "meta";
const LIVE = "resource ";
/** As states have had it from the first: the word stays, though the engine says "pending delete" today. */
const PENDING_DELETE = "condemned ";
const PENDING = "pending ";
const RENAMED = "renamed ";

export function stackDirectory(target: StackTarget): string {
  return join(target.stateDir, target.stack);
}

/** A stack's journal as it lies on disk, not yet decrypted. */
export class StoredState {
  readonly #path: string;
  readonly #content: JournalContent;

  private constructor(path: string, content: JournalContent) {
    this.#path = path;
    this.#content = content;
  }

  static async read(target: StackTarget): Promise<StoredState> {
    const path = join(stackDirectory(target), "state.journal");
    const content = await readJournal(path);
    const meta = content.entries.get(META) as { format?: Json } | undefined;
    if (meta !== undefined && meta.format !== FORMAT) {
      throw new UserError(
        `the state file ${path} has format ${JSON.stringify(meta.format)}, wanted ${FORMAT}; use the release that wrote it`,
      );
    }
    return new StoredState(path, content);
  }

  get #salt(): string | undefined {
    return (this.#content.entries.get(META) as { salt: string } | undefined)?.salt;
  }

  /** Opens the state for reading, with the secrets left out: needs no passphrase. */
  openWithoutSecrets(): State {
    const blind = JSON.stringify(SECRET_WORD);
    return new State(this.#content.entries, { encrypt: () => blind, decrypt: () => blind });
  }

  /** Opens the state for reading. Throws {@link UserError} when the passphrase is wrong. */
  async open(passphrase: Passphrase): Promise<State> {
    const salt = this.#salt;
    if (salt === undefined) return this.openWithoutSecrets();
    return new State(this.#content.entries, await openSalt(salt, passphrase));
  }

  /** Opens the state for writing; the first time, this makes its salt and its file. */
  async openForWriting(passphrase: Passphrase): Promise<State> {
    const stored = this.#salt;
    const { salt, cipher } =
      stored === undefined
        ? await createSalt(passphrase)
        : { salt: stored, cipher: await openSalt(stored, passphrase) };
    const journal = await Journal.open(this.#path, this.#content);
    if (stored === undefined) await journal.commit({ set: { [META]: { format: FORMAT, salt } } });
    return new State(this.#content.entries, cipher, journal);
  }
}

/** The state of a stack in memory; changes go to the journal when it was opened for writing. */
export class State {
  readonly resources = new Map<string, ResourceRecord>();
  readonly pendingDeletes = new Map<string, ResourceRecord>();
  readonly pending = new Map<string, PendingOperation>();
  readonly #renamed = new Map<string, string>();
  readonly #cipher: Cipher;
  readonly #journal: Journal | undefined;

  constructor(entries: ReadonlyMap<string, Json>, cipher: Cipher, journal?: Journal) {
    this.#cipher = cipher;
    this.#journal = journal;
    for (const [key, value] of entries) {
      const name = key.slice(key.indexOf(" ") + 1);
      if (key.startsWith(LIVE)) this.resources.set(name, decodeRecord(value, cipher));
      if (key.startsWith(PENDING_DELETE))
        this.pendingDeletes.set(name, decodeRecord(value, cipher));
      if (key.startsWith(PENDING)) this.pending.set(name, value as PendingOperation);
      if (key.startsWith(RENAMED)) this.#renamed.set(name, value as string);
    }
  }

  /** A state that holds these and is kept nowhere. */
  static of(
    records: Iterable<ResourceRecord>,
    pendingDeletes: Iterable<ResourceRecord> = [],
  ): State {
    const nothing: Cipher = { encrypt: refuseSecrets, decrypt: refuseSecrets };
    const state = new State(new Map(), nothing);
    for (const record of records) state.resources.set(record.urn, record);
    for (const record of pendingDeletes) state.pendingDeletes.set(pendingDeleteKey(record), record);
    return state;
  }

  /** Why nothing new may be started, if there is a reason. */
  get fault(): UserError | undefined {
    return this.#journal?.fault;
  }

  /** Makes every recorded secret known to `masker`. */
  teach(masker: SecretMasker): void {
    for (const { inputs, outputs } of [
      ...this.resources.values(),
      ...this.pendingDeletes.values(),
    ]) {
      masker.learn(inputs);
      masker.learn(outputs);
    }
  }

  /** The URN a resource has today, for one that may have been renamed by an alias. */
  current(urn: string): string {
    const renamed = this.#renamed.get(urn);
    return renamed === undefined ? urn : this.current(renamed);
  }

  /** URNs of everything that must outlive `record`. */
  dependenciesOf(record: ResourceRecord): ReadonlySet<string> {
    const urns = [
      record.parent,
      record.provider,
      record.deletedWith,
      ...record.dependencies,
      ...Object.values(record.propertyDependencies).flat(),
    ];
    return new Set(urns.filter((urn) => urn !== "").map((urn) => this.current(urn)));
  }

  async begin(urn: string, operation: PendingOperation): Promise<void> {
    this.pending.set(urn, operation);
    await this.#journal?.commit({ set: { [PENDING + urn]: operation } });
  }

  async commit(change: StateChange): Promise<void> {
    const set: Record<string, Json> = {};
    const remove: string[] = [];
    const gone = [...(change.forget ?? [])];
    if (change.renamedFrom !== undefined) {
      gone.push(change.renamedFrom);
      const target = change.save?.[0]?.urn ?? "";
      this.#renamed.set(change.renamedFrom, target);
      set[RENAMED + change.renamedFrom] = target;
    }
    const saved = (change.save ?? []).map(({ urn }) => urn);
    for (const urn of [...gone, ...saved, change.ended ?? ""])
      if (this.pending.delete(urn)) remove.push(PENDING + urn);
    for (const urn of gone) if (this.resources.delete(urn)) remove.push(LIVE + urn);
    for (const record of change.save ?? []) {
      this.resources.set(record.urn, record);
      set[LIVE + record.urn] = encodeRecord(record, this.#cipher);
    }
    for (const record of change.pendingDelete ?? []) {
      this.pendingDeletes.set(pendingDeleteKey(record), record);
      set[PENDING_DELETE + pendingDeleteKey(record)] = encodeRecord(record, this.#cipher);
    }
    for (const record of change.deleted ?? []) {
      this.pendingDeletes.delete(pendingDeleteKey(record));
      remove.push(PENDING_DELETE + pendingDeleteKey(record));
    }
    await this.#journal?.commit({ set, remove });
  }

  /** Drops the memory of renames, once every resource has been registered under its own name. */
  async forgetRenames(): Promise<void> {
    const remove = [...this.#renamed.keys()].map((urn) => RENAMED + urn);
    if (remove.length > 0) await this.#journal?.commit({ remove });
    this.#renamed.clear();
  }

  /** @param outcome whether the run did all that it was for */
  async close(outcome: { readonly succeeded: boolean }): Promise<void> {
    await this.#journal?.close(outcome);
  }
}

function refuseSecrets(): never {
  throw new Error("a state that is kept nowhere has no ciphertexts");
}

function pendingDeleteKey(record: ResourceRecord): string {
  return `${record.urn} ${record.id}`;
}
