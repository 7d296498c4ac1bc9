/** One driver for all kinds: what differs between them is in their table, `kinds.ts`. */
import { createHash } from "node:crypto";
import type { KubernetesApi } from "../../../clients/kubernetes/api.ts";
import {
  type KubernetesObject,
  type ObjectReference,
  titleOf,
} from "../../../clients/kubernetes/objects.ts";
import {
  type Created,
  NotReadyError,
  type OperationContext,
  type Properties,
  type ResourceDriver,
} from "../driver.ts";
import { isRecord } from "../property-rules.ts";
import { annotation, PATCH_FORCE } from "./annotations.ts";
import { checkObject } from "./check.ts";
import { awaitGone, deleteObject } from "./deletion.ts";
import { diffObject } from "./diff.ts";
import type { ResourceKind } from "./kinds.ts";
import { mirrorObject } from "./mirror.ts";
import { Observer } from "./observe.ts";
import { FIELD_MANAGER, outputsOf, plannedOutputs } from "./outputs.ts";
import { awaitReady, timeoutOf } from "./readiness.ts";
import { encode, redact } from "./redaction.ts";

export function objectDriver(kind: ResourceKind): ResourceDriver<KubernetesApi> {
  return {
    type: kind.type,
    ...(kind.kind === "Secret" && { secretOutputs: ["data", "stringData"] }),

    check: (inputs, provider = {}) => checkObject(kind, inputs, provider),
    diff: (old, inputs, provider = {}) => diffObject(kind, old, inputs, provider),
    plan: plannedOutputs,

    create: (api, inputs, context) =>
      redacting(inputs, async () => {
        await refuseExisting(api, inputs, context);
        return bringAbout(api, kind, inputs, fieldManagerOf(context.urn), context);
      }),

    resumeCreate: (api, inputs, context) =>
      redacting(inputs, async () => {
        const manager = fieldManagerOf(context.urn);
        const left = await api.get(referenceTo(inputs), context.signal);
        const ours = left?.metadata.managedFields?.some(
          (entry) => entry.manager === manager && entry.operation === "Apply",
        );
        if (ours !== true || left?.metadata.deletionTimestamp !== undefined) return undefined;
        return bringAbout(api, kind, inputs, manager, context);
      }),

    async read(api, old, { signal, urn }) {
      const live = await api.get(referenceTo(old.inputs), signal);
      if (live === undefined) return undefined;
      const inputs = mirrorObject(old.inputs, live);
      const fieldManager = fieldManagerIn(old.outputs, urn);
      const origin = { fieldManager, context: api.context };
      return { id: old.id, inputs, outputs: outputsOf(inputs, live, origin) };
    },

    update: (api, old, inputs, context) =>
      redacting(inputs, async () => {
        const manager = fieldManagerIn(old.outputs, context.urn);
        const observer = observerOf(api, inputs);
        const uid = uidOf(old.outputs);
        if (uid !== undefined) await observer.forgetPast(uid);
        const made = await bringAbout(api, kind, inputs, manager, context, observer);
        return made.outputs;
      }),

    delete: (api, old, context) =>
      deleteObject(api, referenceTo(old.inputs), asObject(old.inputs), uidOf(old.outputs), context),
  };
}

/** Checked and known inputs are an object as the API takes it. */
function asObject(inputs: Properties): KubernetesObject {
  return inputs as unknown as KubernetesObject;
}

function referenceTo(inputs: Properties): ObjectReference {
  const { kind, metadata } = asObject(inputs);
  const { name, namespace } = metadata;
  return { kind: kind as ObjectReference["kind"], name, namespace };
}

function idOf({ name, namespace }: ObjectReference): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function uidOf(outputs: Properties): string | undefined {
  const metadata = outputs["metadata"];
  const uid = isRecord(metadata) ? metadata["uid"] : undefined;
  return typeof uid === "string" && uid !== "" ? uid : undefined;
}

/** A name of this resource's own, so that what it no longer declares is removed, and only that. */
function fieldManagerOf(urn: string): string {
  return `pulumi-embedded-${createHash("sha256").update(urn).digest("hex").slice(0, 12)}`;
}

function fieldManagerIn(outputs: Properties, urn: string): string {
  const recorded = outputs[FIELD_MANAGER];
  return typeof recorded === "string" ? recorded : fieldManagerOf(urn);
}

function observerOf(api: KubernetesApi, inputs: Properties): Observer {
  return new Observer(api, referenceTo(inputs));
}

/** An object of that name is somebody else's; one that is about to vanish is waited for. */
async function refuseExisting(
  api: KubernetesApi,
  inputs: Properties,
  context: OperationContext,
): Promise<void> {
  const reference = referenceTo(inputs);
  const found = await api.get(reference, context.signal);
  if (found === undefined) return;
  if (found.metadata.deletionTimestamp !== undefined) {
    const timeoutSeconds = timeoutOf(asObject(inputs), context);
    await awaitGone(api, reference, timeoutSeconds, context, found.metadata.uid);
    return;
  }
  throw new Error(
    `${titleOf(reference)} exists already in context "${api.context}" and is not in this stack's state; delete it if it is not needed, declare another name, or adopt it on the Pulumi CLI with "pulumi import"`,
  );
}

/** Applies and waits. What was applied is on record even when it does not become ready. */
async function bringAbout(
  api: KubernetesApi,
  kind: ResourceKind,
  inputs: Properties,
  fieldManager: string,
  context: OperationContext,
  observer = observerOf(api, inputs),
): Promise<Created> {
  const reference = referenceTo(inputs);
  const live = await api.apply(applied(inputs), {
    fieldManager,
    ...(annotation(asObject(inputs), PATCH_FORCE) === "true" && { force: true }),
    signal: context.signal,
  });
  const made = (object: KubernetesObject): Created => {
    const origin = { fieldManager, context: api.context };
    return { id: idOf(reference), outputs: outputsOf(inputs, object, origin) };
  };
  try {
    return made(await awaitReady(api, observer, kind, reference, live, context));
  } catch (error) {
    if (context.signal.aborted) throw error;
    throw new NotReadyError((error as Error).message, made(live));
  }
}

/** `stringData` is encoded here: server-side apply would never remove a key it named once. */
function applied(inputs: Properties): KubernetesObject {
  const { stringData, ...rest } = inputs;
  if (!isRecord(stringData)) return asObject(inputs);
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encode(text as string)]);
  const data = isRecord(rest["data"]) ? rest["data"] : {};
  return asObject({ ...rest, data: { ...data, ...(Object.fromEntries(encoded) as Properties) } });
}

async function redacting<T>(inputs: Properties, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (inputs["kind"] === "Secret" && error instanceof Error) {
      error.message = redact(error.message, inputs);
    }
    throw error;
  }
}
