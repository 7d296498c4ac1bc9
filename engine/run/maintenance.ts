import { Deletions } from "./deletions.ts";
import { announceDelete } from "./deployment.ts";
import { isDriven, type ResourceRecord } from "../state/resource-record.ts";
import { type Findings, Look } from "./look.ts";
import { Operations } from "./operations.ts";
import type { EngineContext } from "./engine-context.ts";
import { protectedMessage } from "../plan/protection.ts";
import { parseUrn } from "../values/urn.ts";

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
 * repairs what was changed by others. What cannot be asked about stays as it is recorded.
 */
export async function refreshAll(engine: EngineContext): Promise<void> {
  const { run } = engine;
  const step = { changed: [], replaceKeys: [], deleteBeforeReplace: false };
  const gone = (records: readonly ResourceRecord[]): void => {
    for (const { urn, inputs } of records.filter(isDriven)) {
      run.plan({ ...step, urn, verb: "gone" }, { old: inputs });
    }
  };
  const findings: Findings = {
    same: ({ urn }) => {
      run.plan({ ...step, urn, verb: "same" }, {});
    },
    gone: (record, carried) => {
      gone([record, ...carried]);
    },
    orphaned: gone,
    changed: ({ urn, inputs }, next, changed) => {
      run.plan({ ...step, urn, verb: "updated", changed }, { old: inputs, new: next.inputs });
      return true;
    },
    unasked: ({ urn }, because) => {
      run.diagnose("warning", notAsked(because), urn);
    },
  };
  const look = new Look(engine, findings, false);
  try {
    await look.everything();
  } finally {
    await look.close();
  }
}

const notAsked = ({ urn, why }: { readonly urn: string; readonly why: string }): string =>
  `what is in it was not looked at, because ${parseUrn(urn).name} ${why}, and stays as it is recorded; ` +
  "start mends that";
