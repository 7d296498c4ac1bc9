/** What the state keeps of an object: what was declared, and what the API server assigned for good. */
import type { KubernetesObject } from "../../../clients/kubernetes/objects.ts";
import { type Properties, type ResourceState, UNKNOWN, type Value } from "../driver.ts";
import { isRecord } from "../property-rules.ts";
import { mirrorObject } from "./mirror.ts";

/** Where the state keeps the field manager: it has to stay when the resource is renamed. */
export const FIELD_MANAGER = "__fieldManager";
/** Where the state keeps the kubeconfig context an object was made in. */
export const CONTEXT = "__context";

/**
 * Status and bookkeeping change by themselves and would show as drift in every refresh, so they stay
 * out; a Service keeps the addresses and ports it was given.
 */
export function outputsOf(
  inputs: Properties,
  live: KubernetesObject,
  origin: { readonly fieldManager: string; readonly context: string },
): Properties {
  const declared = mirrorObject(inputs, live);
  const { uid = "" } = live.metadata;
  return {
    ...declared,
    ...(live.kind === "Secret" && { data: (live["data"] ?? {}) as Value }),
    ...(live.kind === "Service" && {
      spec: live["spec"] as Value,
      status: (live["status"] ?? {}) as Value,
    }),
    metadata: { ...(declared["metadata"] as Properties), uid },
    [FIELD_MANAGER]: origin.fieldManager,
    [CONTEXT]: origin.context,
  };
}

/** Outputs as a preview knows them. */
export function plannedOutputs(inputs: Properties, old: ResourceState | undefined): Properties {
  const kept = (name: string): Value => old?.outputs[name] ?? UNKNOWN;
  const metadata = inputs["metadata"] ?? UNKNOWN;
  const before = old?.outputs["metadata"];
  const uid = isRecord(before) ? (before["uid"] ?? UNKNOWN) : UNKNOWN;
  return {
    ...inputs,
    ...(isRecord(metadata) && { metadata: { ...metadata, uid } }),
    ...(inputs["kind"] === "Secret" && { data: UNKNOWN }),
    ...(inputs["kind"] === "Service" && { spec: plannedSpec(inputs, old), status: kept("status") }),
  };
}

function plannedSpec(inputs: Properties, old: ResourceState | undefined): Value {
  const spec = inputs["spec"] ?? {};
  if (!isRecord(spec)) return spec;
  const before = old?.outputs["spec"];
  const clusterIP = isRecord(before) ? (before["clusterIP"] ?? UNKNOWN) : UNKNOWN;
  return { clusterIP, ...spec };
}
