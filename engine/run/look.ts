import { Connections } from "./connections.ts";
import type { EngineContext } from "./engine-context.ts";
import { carriedBy, orphansIn } from "./carried.ts";
import { asFound, differing } from "./found.ts";
import { Operations } from "./operations.ts";
import { RunStopped } from "./run.ts";
import type { Observed } from "../drivers/driver.ts";
import { asDriverState, isDriven, type ResourceRecord } from "../state/resource-record.ts";

/** Hears what a look finds, before the state says it. */
export interface Findings {
  same?(record: ResourceRecord): void;
  /** `carried` is what is deleted with it, and so is gone, too. */
  gone(record: ResourceRecord, carried: readonly ResourceRecord[]): void;
  /** Lives on what is recorded no more. */
  orphaned(records: readonly ResourceRecord[]): void;
  /** Says whether the state is to take it over. */
  changed(old: ResourceRecord, next: ResourceRecord, changed: readonly string[]): boolean;
  /** It is there, and serves nobody. */
  down?(record: ResourceRecord, why: string): void;
  /** What a provider serves was not looked at, because of something that is down or not there. */
  unasked?(provider: ResourceRecord, because: { readonly urn: string; readonly why: string }): void;
}

type Base = Omit<EngineContext, "look">;

/**
 * Reads recorded objects and makes the state say what is there. Providers that depend on nothing of the
 * stack are asked first: what they say tells whether the others can be asked at all. What is deleted with
 * something that is gone is gone with it, and nobody is asked about it.
 */
export class Look {
  readonly #engine: Base;
  readonly #operations: Operations;
  readonly #findings: Findings;
  /** Logs in as the state says: what the program declares now is not there yet. */
  readonly #asRecorded: Connections;
  readonly #visited = new Set<string>();
  readonly #down = new Map<string, string>();
  /** Providers that could not be asked yet. */
  readonly #unasked = new Map<string, Promise<void> | undefined>();
  #rest: Promise<void> = Promise.resolve();

  /**
   * @param again whether who cannot be reached as recorded is asked once more in {@link done}, by when the
   * program has declared how; else the run fails
   */
  constructor(engine: Base, findings: Findings, again: boolean) {
    const { drivers, run, state } = engine;
    const fail = (error: unknown, urn: string): void => {
      if (!again) run.fail(error, urn);
    };
    this.#engine = engine;
    this.#operations = new Operations(engine);
    this.#findings = findings;
    const find = (urn: string) => state.resources.get(state.current(urn));
    this.#asRecorded = new Connections(drivers, run, find, fail);
  }

  /** Asks everybody who can be asked. */
  async everything(): Promise<void> {
    await this.begin();
    await this.settled();
  }

  /** Asks who depends on nothing, and goes on with the others in the background. */
  async begin(): Promise<void> {
    await this.#forgetOrphans();
    const providers = this.#providers();
    await Promise.all(
      [...providers].filter((urn) => this.#neededBy(urn).size === 0).map((urn) => this.#visit(urn)),
    );
    this.#rest = this.#visitAll(providers);
    this.#rest.catch(() => undefined);
  }

  /** What the provider serves has been looked at; if it could not be until now, it is now. */
  async done(provider: string): Promise<void> {
    await this.#rest;
    const urn = this.#engine.state.current(provider);
    if (!this.#unasked.has(urn)) return;
    const asking = this.#unasked.get(urn) ?? this.#read(urn, this.#engine.connections);
    this.#unasked.set(urn, asking);
    await asking;
  }

  /** Whoever could be asked has been. */
  async settled(): Promise<void> {
    await this.#rest;
  }

  async close(): Promise<void> {
    await this.#rest.catch(() => undefined);
    await this.#asRecorded.close();
  }

  async #visitAll(providers: Iterable<string>): Promise<void> {
    for (const urn of providers) await this.#visit(urn);
  }

  async #visit(provider: string): Promise<void> {
    if (this.#visited.has(provider)) return;
    this.#visited.add(provider);
    await this.#visitAll(this.#neededBy(provider));
    const record = this.#engine.state.resources.get(provider);
    const missing = record && this.#missing(record);
    if (!missing && (await this.#isReached(provider))) {
      await this.#read(provider, this.#asRecorded);
      return;
    }
    this.#unasked.set(provider, undefined);
    const kept = this.#of(provider).length > 0;
    if (record && missing && kept) this.#findings.unasked?.(record, missing);
  }

  async #isReached(provider: string): Promise<boolean> {
    const [first] = this.#of(provider);
    if (first === undefined) return true;
    try {
      await this.#engine.run.operate("read", first, false, (context) =>
        this.#asRecorded.client(first, context),
      );
      return true;
    } catch (error) {
      if (error instanceof RunStopped) return false;
      throw error;
    }
  }

  #providers(): Set<string> {
    const { state } = this.#engine;
    const driven = [...state.resources.values()].filter(isDriven);
    return new Set(driven.map(({ provider }) => state.current(provider)));
  }

  /** Providers that tell whether this one can be asked, and what of it is gone without asking. */
  #neededBy(provider: string): Set<string> {
    const { state } = this.#engine;
    const carriers = this.#of(provider).map(({ deletedWith }) => deletedWith);
    const urns = [...(state.resources.get(provider)?.dependencies ?? []), ...carriers];
    const records = urns.flatMap((urn) => state.resources.get(state.current(urn)) ?? []);
    const providers = records.filter(isDriven).map((record) => state.current(record.provider));
    return new Set(providers.filter((urn) => urn !== provider));
  }

  /** The first of what a provider depends on that is not there, or serves nobody. */
  #missing({ dependencies }: ResourceRecord): { urn: string; why: string } | undefined {
    const { state } = this.#engine;
    for (const urn of dependencies.map((each) => state.current(each))) {
      const why = state.resources.has(urn) ? this.#down.get(urn) : "is gone";
      if (why !== undefined) return { urn, why };
    }
    return undefined;
  }

  /** What of the state a provider's driver can be asked about. */
  #of(provider: string): ResourceRecord[] {
    const { state } = this.#engine;
    return [...state.resources.values()].filter(
      (record) =>
        isDriven(record) &&
        !record.pendingReplacement &&
        state.current(record.provider) === provider,
    );
  }

  /** What others live on comes first: they need not be asked about where it is gone. */
  async #read(provider: string, connections: Connections): Promise<void> {
    const { state } = this.#engine;
    const all = [...state.resources.values()];
    const carriers = new Set(all.map(({ deletedWith }) => state.current(deletedWith)));
    for (const carries of [true, false]) {
      const records = this.#of(provider).filter(({ urn }) => carriers.has(urn) === carries);
      await Promise.all(records.map((record) => this.#look(record, connections)));
    }
  }

  async #look(old: ResourceRecord, connections: Connections): Promise<void> {
    const { run, drivers } = this.#engine;
    try {
      const found = await run.operate("read", old, false, async (context) => {
        const client = await connections.client(old, context);
        return drivers.resource(old.type).read(client, asDriverState(old), context);
      });
      await (found === undefined ? this.#forget(old) : this.#compare(old, found));
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
    }
  }

  async #forget(old: ResourceRecord): Promise<void> {
    const { state } = this.#engine;
    const carried = carriedBy(old.urn, state);
    this.#findings.gone(old, carried);
    await this.#operations.commit({ forget: [old, ...carried].map(({ urn }) => urn) });
  }

  async #compare(old: ResourceRecord, found: Observed): Promise<void> {
    const { run, drivers } = this.#engine;
    if (found.down !== undefined) {
      this.#down.set(old.urn, found.down);
      this.#findings.down?.(old, found.down);
    }
    const next = asFound(old, found, drivers);
    run.masker.learn(next.inputs);
    run.masker.learn(next.outputs);
    const keys = [...differing(old.inputs, next.inputs), ...differing(old.outputs, next.outputs)];
    const changed = [...new Set(keys)];
    if (changed.length === 0 && old.id === next.id) this.#findings.same?.(old);
    else if (this.#findings.changed(old, next, changed)) {
      await this.#operations.commit({ save: [next] });
    }
  }

  /** An earlier release forgot what had gone, but not what lived on it. */
  async #forgetOrphans(): Promise<void> {
    const orphans = orphansIn(this.#engine.state);
    if (orphans.length === 0) return;
    this.#findings.orphaned(orphans);
    await this.#operations.commit({ forget: orphans.map(({ urn }) => urn) });
  }
}
