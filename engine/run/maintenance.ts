import type { ResourceState } from "../drivers/driver.ts";
import type { Drivers } from "../drivers/registry.ts";
import { Deletions } from "./deletions.ts";
import { announceDelete } from "./deployment.ts";
import { asDriverState, isDriven, type ResourceRecord } from "../state/resource-record.ts";
import { markOutputs, Operations } from "./operations.ts";
import type { EngineContext } from "./engine-context.ts";
import { protectedMessage } from "../plan/protection.ts";
import { equal, markAllLike, type PropertyMap } from "../values/property-values.ts";
import { RunStopped } from "./run.ts";

/** Deletes everything the state holds, dependents first, without running the program. */
export async function destroyAll(engine: EngineContext): Promise<void> {
  const { run, state } = engine;
  const live = [...state.resources.values()];
  const pendingDeletes = [...state.pendingDeletes.values()];
  for (const record of [...live, ...pendingDeletes]) announceDelete(record, engine);
  for (const { urn } of live.filter(({ protect }) => protect)) {
    run.fail(new Error(protectedMessage("deleted")), urn);
  }
  if (run.isStopped()) return;
  const hooked = live.filter(({ hooks }) => hooks.beforeDelete ?? hooks.afterDelete);
  if (hooked.length > 0) {
    run.diagnose(
      "warning",
      `the delete hooks of ${hooked.length} resources do not run: hooks live in the program, and destroy does not start it`,
    );
  }
  for (const [urn, operation] of state.pending) {
    if (operation !== "create") continue;
    run.diagnose(
      "warning",
      "was being created when a run was interrupted and may exist; look for it and remove it by hand",
      urn,
    );
  }
  const operations = new Operations(engine);
  const deletions = new Deletions(
    engine,
    operations,
    () => ({}),
    () => false,
  );
  await deletions.all([
    ...live.map((record) => ({ record, pendingDelete: false, replacing: false })),
    ...pendingDeletes.map((record) => ({ record, pendingDelete: true, replacing: false })),
  ]);
  if (run.isStopped()) return;
  for (const urn of [...state.pending.keys()]) await operations.commit({ ended: urn });
  await state.forgetRenames();
}

/**
 * Reads every object and makes the state say what is there, so that the next update shows and
 * repairs what was changed by others.
 */
export async function refreshAll(engine: EngineContext): Promise<void> {
  const { state } = engine;
  const operations = new Operations(engine);
  const records = [...state.resources.values()].filter(
    (record) => isDriven(record) && !record.pendingReplacement,
  );
  await Promise.all(
    records.map(async (record) => {
      await refresh(record, engine, operations).catch((error: unknown) => {
        if (!(error instanceof RunStopped)) throw error;
      });
    }),
  );
}

async function refresh(
  old: ResourceRecord,
  { run, drivers, connections }: EngineContext,
  operations: Operations,
): Promise<void> {
  const found = await run.operate("read", old, false, async (context) => {
    const client = await connections.client(old, context);
    return drivers.resource(old.type).read(client, asDriverState(old), context);
  });
  const step = { urn: old.urn, changed: [], replaceKeys: [], deleteBeforeReplace: false };
  if (found === undefined) {
    run.plan({ ...step, verb: "gone" }, { old: old.inputs });
    await operations.commit({ forget: [old.urn] });
    return;
  }
  const next = asFound(old, found, drivers);
  run.masker.learn(next.inputs);
  run.masker.learn(next.outputs);
  const changed = differingKeys(old, next);
  if (changed.length === 0 && old.id === next.id) {
    run.plan({ ...step, verb: "same" }, {});
    return;
  }
  run.plan({ ...step, verb: "updated", changed }, { old: old.inputs, new: next.inputs });
  await operations.commit({ save: [next] });
}

function asFound(old: ResourceRecord, found: ResourceState, drivers: Drivers): ResourceRecord {
  const record = { ...old, id: found.id, inputs: markAllLike(found.inputs, old.inputs) };
  const outputs = markAllLike(found.outputs, old.outputs);
  return { ...record, outputs: markOutputs(outputs, record, drivers) };
}

/** Names of the inputs that differ, then of the outputs that do. */
function differingKeys(old: ResourceRecord, next: ResourceRecord): string[] {
  const differing = (left: PropertyMap, right: PropertyMap): string[] =>
    [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
      (key) => !equal(left[key], right[key]),
    );
  return [
    ...new Set([...differing(old.inputs, next.inputs), ...differing(old.outputs, next.outputs)]),
  ];
}
