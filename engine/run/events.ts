import type { Failure } from "../values/failure.ts";
import type { DisplayProperties } from "../values/property-values.ts";

/**
 * What a run does to one resource. `updated` and `gone` occur in a refresh only: the object was
 * changed, or removed, by somebody else.
 */
export type StepVerb = "create" | "update" | "replace" | "delete" | "same" | "updated" | "gone";

/** Resources per verb. */
export type Changes = Readonly<Record<StepVerb, number>>;

export interface StepSubject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** What is going to happen to a resource, or would in a preview. Secrets are masked. */
export interface PlannedStep extends StepSubject {
  readonly verb: StepVerb;
  /** Names of the input properties that differ. */
  readonly changed: readonly string[];
  /** Those of them, or the reasons, that make it a replacement. */
  readonly replaceKeys: readonly string[];
  /** The old object goes before the new one is made. */
  readonly deleteBeforeReplace: boolean;
  /** Absent for a create and for "same". */
  readonly oldInputs?: DisplayProperties;
  /** Absent for a delete and for "same". */
  readonly newInputs?: DisplayProperties;
}

/** One call to a driver. A replacement is two of them. */
export interface DriverCall extends StepSubject {
  readonly verb: "create" | "update" | "delete" | "read";
  /** Part of a replacement. */
  readonly replacing: boolean;
}

export type Severity = "debug" | "info" | "warning" | "error";

export type RunStatus = "succeeded" | "failed" | "interrupted";

/** For display; every text is free of secrets. */
export type EngineEvent =
  | { readonly kind: "planned"; readonly step: PlannedStep }
  | { readonly kind: "started"; readonly operation: DriverCall }
  | { readonly kind: "finished"; readonly operation: DriverCall; readonly elapsedMs: number }
  | {
      readonly kind: "failed";
      readonly operation: DriverCall;
      readonly elapsedMs: number;
      readonly message: string;
    }
  | { readonly kind: "progress"; readonly urn: string; readonly message: string }
  | {
      readonly kind: "diagnostic";
      readonly severity: Severity;
      readonly message: string;
      /** Empty when it is about no resource. */
      readonly urn: string;
    }
  | {
      readonly kind: "summary";
      readonly status: RunStatus;
      readonly changes: Changes;
      readonly elapsedMs: number;
    };

export interface RunResult {
  readonly status: RunStatus;
  readonly changes: Changes;
  readonly steps: readonly PlannedStep[];
  readonly failures: readonly Failure[];
  /** The stack's outputs, secrets masked. */
  readonly outputs: DisplayProperties;
}
