import type { ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";

/** Everything that is deleted with a resource, or with something that is. */
export function carriedBy(carrier: string, state: State): ResourceRecord[] {
  const byCarrier = Map.groupBy(state.resources.values(), ({ deletedWith }) =>
    state.current(deletedWith),
  );
  const carried = new Map<string, ResourceRecord>();
  const carriers = [carrier];
  for (let urn = carriers.pop(); urn !== undefined; urn = carriers.pop()) {
    for (const record of byCarrier.get(urn) ?? []) {
      if (record.urn === carrier || carried.has(record.urn)) continue;
      carried.set(record.urn, record);
      carriers.push(record.urn);
    }
  }
  return [...carried.values()];
}

/** Whether what a resource is deleted with is recorded no more: then it is gone, too. */
export const isOrphan = ({ deletedWith }: ResourceRecord, state: State): boolean =>
  deletedWith !== "" && !state.resources.has(state.current(deletedWith));

/** Recorded resources that have gone with something, and what lives on them. */
export function orphansIn(state: State): ResourceRecord[] {
  const orphans = [...state.resources.values()].filter((record) => isOrphan(record, state));
  return [...new Set(orphans.flatMap((orphan) => [orphan, ...carriedBy(orphan.urn, state)]))];
}
