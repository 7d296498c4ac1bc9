import type { ResourceState } from "../drivers/driver.ts";
import type { HookNames, Timeouts } from "../values/resource-options.ts";
import { providerPackage } from "../values/urn.ts";
import { equal, type PropertyMap, revealAll } from "../values/property-values.ts";
import { type Cipher, fromStored, type Json, type JsonMap, toStored } from "../values/encoding.ts";

/** Everything the engine knows of one resource. URNs are empty where there is none. */
export interface ResourceRecord {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** Empty for components, and while {@link pendingReplacement}. */
  readonly id: string;
  readonly parent: string;
  /** URN of the provider resource. */
  readonly provider: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly timeouts: Timeouts;
  readonly deletedWith: string;
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly hooks: HookNames;
  /** The object is deleted and its successor not yet created. */
  readonly pendingReplacement: boolean;
}

/** A record as the state file keeps it, secrets encrypted. */
export function encodeRecord(record: ResourceRecord, cipher: Cipher): Json {
  const { inputs, outputs } = record;
  return {
    ...record,
    inputs: toStored(inputs, cipher),
    outputs: toStored(outputs, cipher),
  };
}

export function decodeRecord(json: Json, cipher: Cipher): ResourceRecord {
  const stored = json as unknown as ResourceRecord & { inputs: JsonMap; outputs: JsonMap };
  return {
    ...stored,
    // States written by earlier releases have none.
    timeouts: (stored as Partial<ResourceRecord>).timeouts ?? {},
    inputs: fromStored(stored.inputs, cipher),
    outputs: fromStored(stored.outputs, cipher),
  };
}

/** Whether two records say the same, so that nothing has to be written. */
export function sameRecord(left: ResourceRecord, right: ResourceRecord): boolean {
  return equal(left as unknown as PropertyMap, right as unknown as PropertyMap);
}

/** Whether a driver is responsible for the resource. */
export function isDriven(record: ResourceRecord): boolean {
  return record.custom && providerPackage(record.type) === undefined;
}

/** A record as drivers see it. */
export function asDriverState(record: ResourceRecord): ResourceState {
  return { id: record.id, inputs: revealAll(record.inputs), outputs: revealAll(record.outputs) };
}
