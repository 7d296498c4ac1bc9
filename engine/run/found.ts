import { markOutputs } from "./operations.ts";
import type { ResourceState } from "../drivers/driver.ts";
import type { Drivers } from "../drivers/registry.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { equal, markAllLike, type PropertyMap } from "../values/property-values.ts";

/** A record that says what a driver has found; what was secret stays so. */
export function asFound(
  old: ResourceRecord,
  found: ResourceState,
  drivers: Drivers,
): ResourceRecord {
  const record = { ...old, id: found.id, inputs: markAllLike(found.inputs, old.inputs) };
  const outputs = markAllLike(found.outputs, old.outputs);
  return { ...record, outputs: markOutputs(outputs, record, drivers) };
}

/** Keys whose values differ. */
export function differing(left: PropertyMap, right: PropertyMap): string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (key) => !equal(left[key], right[key]),
  );
}
