import { isOrphan } from "./carried.ts";
import { inReverseDependencyOrder } from "./delete-order.ts";
import type { OperationContext } from "../drivers/driver.ts";
import type { HookNames, HookPhase } from "../values/resource-options.ts";
import { asDriverState, isDriven, type ResourceRecord } from "../state/resource-record.ts";
import type { Operations } from "./operations.ts";
import type { EngineContext } from "./engine-context.ts";
import type { StateChange } from "../state/state.ts";

/** One object to be deleted. */
export interface Deletion {
  readonly record: ResourceRecord;
  /** A replaced object: its resource lives on, with a new one. */
  readonly pendingDelete: boolean;
  /** The resource is made anew after this. */
  readonly replacing: boolean;
}

/** Deletes sets of objects, dependents first. */
export class Deletions {
  readonly #engine: EngineContext;
  readonly #operations: Operations;
  readonly #hookNames: (record: ResourceRecord) => HookNames;
  readonly #goesAnyway: (urn: string) => boolean;

  /**
   * `hookNames` gives the delete hooks of a resource; `goesAnyway` tells whether the object of a
   * URN is deleted in this run outside the sets given to {@link all}.
   */
  constructor(
    engine: EngineContext,
    operations: Operations,
    hookNames: (record: ResourceRecord) => HookNames,
    goesAnyway: (urn: string) => boolean,
  ) {
    this.#engine = engine;
    this.#operations = operations;
    this.#hookNames = hookNames;
    this.#goesAnyway = goesAnyway;
  }

  /**
   * An object that is deleted with another one of the set needs no call to its driver. It is
   * forgotten only together with that other one: when that delete fails, both are still recorded.
   */
  async all(deletions: readonly Deletion[]): Promise<void> {
    const { state, run } = this.#engine;
    const byUrn = new Map(deletions.map((deletion) => [deletion.record.urn, deletion]));
    const carried = new Map<Deletion, Deletion[]>();
    await inReverseDependencyOrder(
      deletions,
      ({ record }) => record.urn,
      ({ record }) => state.dependenciesOf(record),
      () => run.isStopped(),
      async (deletion) => {
        const carrier = byUrn.get(state.current(deletion.record.deletedWith));
        const load = [deletion, ...(carried.get(deletion) ?? [])];
        await run.operate(
          "delete",
          deletion.record,
          this.#isReplacing(deletion),
          async (context) => {
            await this.#hook("beforeDelete", deletion.record);
            if (carrier !== undefined && carrier !== deletion) {
              carried.set(carrier, [...(carried.get(carrier) ?? []), ...load]);
              return;
            }
            await this.#delete(deletion, context);
            await this.#operations.commit(changeOf(load));
            for (const { record } of load) {
              await this.#hook("afterDelete", record).catch((error: unknown) => {
                run.fail(error, record.urn);
              });
            }
          },
        );
      },
    );
  }

  #isReplacing(deletion: Deletion): boolean {
    return deletion.replacing || deletion.pendingDelete;
  }

  async #hook(phase: HookPhase, record: ResourceRecord): Promise<void> {
    const { urn, id, inputs: oldInputs, outputs: oldOutputs } = record;
    await this.#engine.hooks.run(this.#hookNames(record), phase, {
      urn,
      id,
      oldInputs,
      oldOutputs,
    });
  }

  async #delete({ record, pendingDelete }: Deletion, context: OperationContext): Promise<void> {
    const { run, drivers, connections, state } = this.#engine;
    const nothingToDo =
      run.dryRun || !isDriven(record) || record.retainOnDelete || record.pendingReplacement;
    if (nothingToDo || this.#goesAnyway(record.deletedWith)) return;
    if (isOrphan(record, state)) return;
    const driver = drivers.resource(record.type);
    const client = await connections.client(record, context);
    const call = (): Promise<void> => driver.delete(client, asDriverState(record), context);
    // That a replaced object is to be deleted is recorded already, apart from its live successor.
    await (pendingDelete ? call() : this.#operations.drive(record.urn, "delete", call));
  }
}

function changeOf(load: readonly Deletion[]): StateChange {
  const live = load.filter(({ pendingDelete }) => !pendingDelete);
  return {
    forget: live.filter(({ replacing }) => !replacing).map(({ record }) => record.urn),
    save: live
      .filter(({ replacing }) => replacing)
      .map(({ record }) => ({ ...record, id: "", pendingReplacement: true })),
    deleted: load.filter(({ pendingDelete }) => pendingDelete).map(({ record }) => record),
  };
}
