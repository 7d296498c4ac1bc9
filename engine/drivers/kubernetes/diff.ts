/** Which inputs differ, and which of them need a new object. */
import { type Diff, type Properties, type ResourceState, UNKNOWN, type Value } from "../driver.ts";
import { isRecord } from "../property-rules.ts";
import { same } from "../property-table.ts";
import type { ResourceKind } from "./kinds.ts";
import { CONTEXT } from "./outputs.ts";

const IDENTITY = ["metadata.name", "metadata.namespace"];

export function diffObject(
  kind: ResourceKind,
  old: ResourceState,
  inputs: Properties,
  provider: Properties,
): Diff {
  refuseOtherContext(old, provider);
  const keys = [...new Set([...Object.keys(old.inputs), ...Object.keys(inputs)])];
  const changed = keys.filter((key) => !same(old.inputs[key], inputs[key]));
  const paths = [...IDENTITY, ...kind.replaces, ...immutableFields(kind, inputs, provider)];
  const replace = paths.filter((path) => !same(at(old.inputs, path), at(inputs, path)));
  if (replace.length === 0) return { changed, replace };
  // A successor under the old name can only come after the old object.
  return {
    changed,
    replace,
    deleteBeforeReplace: !IDENTITY.some((path) => replace.includes(path)),
  };
}

/** In another cluster nothing recorded exists, and in this one nobody would clear it away. */
function refuseOtherContext({ id, outputs }: ResourceState, { context }: Properties): void {
  const made = outputs[CONTEXT];
  if (typeof context !== "string" || typeof made !== "string" || context === made) return;
  throw new Error(
    `${id} was made in context "${made}", and the provider's context is now "${context}": destroy the stack in the first, or use another stack for the second; if only its name changed, name it "${made}" again`,
  );
}

/** Without the provider's consent Secrets and ConfigMaps count as immutable; with it they may be. */
function immutableFields(kind: ResourceKind, inputs: Properties, provider: Properties): string[] {
  const immutable = inputs["immutable"] === true;
  if (kind.kind === "Secret") {
    const mutable = provider["enableSecretMutable"] === true && !immutable;
    return mutable ? [] : ["stringData", "data"];
  }
  if (kind.kind === "ConfigMap") {
    const mutable = provider["enableConfigMapMutable"] === true && !immutable;
    return mutable ? [] : ["binaryData", "data"];
  }
  return [];
}

/** The value at a path; below an unknown everything is unknown. */
function at(inputs: Properties, path: string): Value | undefined {
  let value: Value | undefined = inputs;
  for (const key of path.split(".")) {
    if (value === UNKNOWN) return UNKNOWN;
    value = isRecord(value) ? value[key] : undefined;
  }
  return value;
}
