import { randomUUID } from "node:crypto";
import { NotReadyError, type OperationContext } from "../drivers/driver.ts";
import type { Properties } from "../values/value.ts";
import type { Drivers } from "../drivers/registry.ts";
import type { EngineContext } from "./engine-context.ts";
import {
  containsSecret,
  mapValues,
  markLike,
  type PropertyMap,
  reveal,
  revealAll,
  secret,
} from "../values/property-values.ts";
import { RunStopped } from "./run.ts";
import { asDriverState, isDriven, type ResourceRecord } from "../state/resource-record.ts";
import type { PendingOperation, StateChange } from "../state/state.ts";

/**
 * The outputs of a resource with their secrets marked: what was secret as an input of the same
 * name, what the driver or the program calls secret, and what was marked before.
 */
export function markOutputs(
  outputs: PropertyMap,
  record: ResourceRecord,
  drivers: Drivers,
): PropertyMap {
  const always = isDriven(record) ? (drivers.resource(record.type).secretOutputs ?? []) : [];
  const named = new Set([...always, ...record.additionalSecretOutputs]);
  return mapValues(outputs, (value, key) => {
    if (named.has(key)) return secret(value);
    const input = Object.hasOwn(record.inputs, key) ? record.inputs[key] : undefined;
    return input === undefined || containsSecret(value) ? value : markLike(reveal(value), input);
  });
}

/** What an operation left. */
interface Outcome {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly unready?: NotReadyError;
}

/** A driver's operation; one whose object did not become ready has an outcome all the same. */
async function outcomeOf(operation: Promise<Outcome>): Promise<Outcome> {
  try {
    return await operation;
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    return { ...error.made, unready: error };
  }
}

/** Creates and updates. In a preview the drivers only plan; hooks run as they do in an update. */
export class Operations {
  readonly #engine: EngineContext;

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  /** `replaced` is the resource's old record, `pendingDelete` the old object still to be deleted. */
  async create(
    next: ResourceRecord,
    replaced?: ResourceRecord,
    pendingDelete?: ResourceRecord,
  ): Promise<ResourceRecord> {
    const { run, hooks } = this.#engine;
    return run.operate("create", next, replaced !== undefined, async (context) => {
      const { urn, inputs: newInputs } = next;
      await hooks.run(next.hooks, "beforeCreate", { urn, id: "", newInputs });
      const { id, outputs, unready } = await outcomeOf(this.#create(next, context));
      const record = { ...next, id, outputs: this.#mark(outputs, next) };
      await this.#save(record, replaced, pendingDelete);
      await this.#requireReady(urn, unready);
      const { outputs: newOutputs } = record;
      await this.#after(
        () => hooks.run(next.hooks, "afterCreate", { urn, id, newInputs, newOutputs }),
        urn,
      );
      return record;
    });
  }

  async update(old: ResourceRecord, next: ResourceRecord): Promise<ResourceRecord> {
    const { run, hooks } = this.#engine;
    return run.operate("update", next, false, async (context) => {
      const { urn, id, inputs: newInputs } = next;
      const before = { oldInputs: old.inputs, oldOutputs: old.outputs };
      await hooks.run(next.hooks, "beforeUpdate", { urn, id, newInputs, ...before });
      const { outputs, unready } = await outcomeOf(this.#update(old, next, context));
      const record = { ...next, outputs: this.#mark(outputs, next) };
      await this.#save(record, old);
      await this.#requireReady(urn, unready);
      const after = { newInputs, newOutputs: record.outputs, ...before };
      await this.#after(() => hooks.run(next.hooks, "afterUpdate", { urn, id, ...after }), urn);
      return record;
    });
  }

  /** Records a resource nothing is done to, if its record changed. */
  async keep(old: ResourceRecord, next: ResourceRecord): Promise<void> {
    await this.#save(next, old);
  }

  /** Calls a driver between the two journal entries that tell an interrupted call from none. */
  async drive<T>(urn: string, operation: PendingOperation, call: () => Promise<T>): Promise<T> {
    const { state } = this.#engine;
    await state.begin(urn, operation);
    try {
      if (state.fault !== undefined) throw new RunStopped();
      return await call();
    } catch (error) {
      // A driver that was told to give up cannot say what became of the object.
      if (!this.#engine.run.forced) await this.commit({ ended: urn });
      throw error;
    }
  }

  /** Writes to the state. A full disk ends the run, with everything so far recorded. */
  async commit(change: StateChange): Promise<void> {
    const { state, run } = this.#engine;
    if (run.dryRun) return;
    await state.commit(change);
    run.failOnce(state.fault);
  }

  /** An update that is recorded as begun makes the next run try again, whatever it declares. */
  async #requireReady(urn: string, unready: NotReadyError | undefined): Promise<void> {
    if (unready === undefined) return;
    await this.#engine.state.begin(urn, "update");
    throw unready;
  }

  /** After-hooks come too late to prevent anything: what was done stays recorded, the run fails. */
  async #after(hook: () => Promise<void>, urn: string): Promise<void> {
    await hook().catch((error: unknown) => {
      this.#engine.run.fail(error, urn);
    });
  }

  async #save(
    record: ResourceRecord,
    old?: ResourceRecord,
    pendingDelete?: ResourceRecord,
  ): Promise<void> {
    const renamed = old !== undefined && old.urn !== record.urn ? { renamedFrom: old.urn } : {};
    const waiting = pendingDelete === undefined ? {} : { pendingDelete: [pendingDelete] };
    await this.commit({ save: [record], ...renamed, ...waiting });
  }

  async #create(next: ResourceRecord, context: OperationContext): Promise<Outcome> {
    const { drivers, connections, run, state, adopts = false } = this.#engine;
    if (!next.custom) return { id: "", outputs: {} };
    if (!isDriven(next)) return { id: run.dryRun ? "" : randomUUID(), outputs: next.inputs };
    const driver = drivers.resource(next.type);
    const inputs = revealAll(next.inputs);
    if (run.dryRun) return { id: "", outputs: driver.plan(inputs, undefined) };
    const client = await connections.client(next, context);
    const mayExist = adopts || state.pending.get(next.urn) === "create";
    return this.drive(next.urn, "create", async () => {
      const left = mayExist && (await driver.resumeCreate?.(client, inputs, context));
      return left || driver.create(client, inputs, context);
    });
  }

  async #update(
    old: ResourceRecord,
    next: ResourceRecord,
    context: OperationContext,
  ): Promise<Outcome> {
    const { drivers, connections, run } = this.#engine;
    const { id } = next;
    if (!next.custom) return { id, outputs: next.outputs };
    if (!isDriven(next)) return { id, outputs: next.inputs };
    const driver = drivers.resource(next.type);
    const inputs = revealAll(next.inputs);
    const state = asDriverState(old);
    if (run.dryRun) return { id, outputs: driver.plan(inputs, state) };
    const client = await connections.client(next, context);
    const update = () => driver.update(client, state, inputs, context);
    return { id, outputs: await this.drive(next.urn, "update", update) };
  }

  #mark(outputs: Properties | PropertyMap, record: ResourceRecord): PropertyMap {
    const marked = markOutputs(outputs, record, this.#engine.drivers);
    this.#engine.run.masker.learn(marked);
    return marked;
  }
}
