import type { Timeouts } from "../plan/goal.ts";
import type { HookNames } from "../run/hooks.ts";
import { equal, type PropertyMap } from "./property-values.ts";
import { fromStored, toStored, type Cipher, type Json, type JsonMap } from "../program/wire.ts";

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
