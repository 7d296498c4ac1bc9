import type { EngineContext } from "./engine-context.ts";
import { differing } from "./found.ts";
import type { Findings } from "./look.ts";
import type { Properties } from "../values/value.ts";
import { revealAll } from "../values/property-values.ts";
import { isDriven, type ResourceRecord } from "../state/resource-record.ts";
import { messageOf } from "../../model/values/user-error.ts";

/**
 * What an update says of what it finds, and what of it the state takes over: all that the update puts
 * right without losing what others have put into an object. What only a new object would put right is said,
 * and stays as it is.
 */
export function foundBeforeUpdate({ run, drivers, state }: EngineContext): Findings {
  const saidAlready = new Set<string>();

  const asRecorded = (old: ResourceRecord, next: ResourceRecord): string | undefined => {
    const driver = drivers.resource(old.type);
    if (driver.holdsRecords !== true) return undefined;
    const provider: Properties = revealAll(
      state.resources.get(state.current(old.provider))?.inputs ?? {},
    );
    const found = { id: next.id, inputs: revealAll(next.inputs), outputs: revealAll(next.outputs) };
    try {
      const { replace } = driver.diff(found, revealAll(old.inputs), provider);
      if (replace.length === 0) return undefined;
      return `only a new one, without its records, has the recorded ${replace.join(", ")}: declare what it is now, or refresh and start again to have a new one`;
    } catch (error) {
      return messageOf(error);
    }
  };

  return {
    gone({ urn }, carried) {
      const count = carried.filter(isDriven).length;
      const more = count === 0 ? "" : `, and with it the ${count} resources that lived on it`;
      run.diagnose("info", `is gone${more}`, urn);
    },
    orphaned(records) {
      const { length } = records.filter(isDriven);
      run.diagnose("info", `${length} resources are gone with what they lived on`);
    },
    down({ urn }, why) {
      saidAlready.add(urn);
      run.diagnose("info", why, urn);
    },
    changed(old, next) {
      const changed = differing(old.inputs, next.inputs);
      if (changed.length === 0) return true;
      const stays = asRecorded(old, next);
      const what = `was changed outside [${changed.join(", ")}]`;
      if (stays !== undefined) run.diagnose("warning", `${what}, and stays so: ${stays}`, old.urn);
      else if (!saidAlready.has(old.urn)) run.diagnose("info", what, old.urn);
      return stays === undefined;
    },
  };
}
