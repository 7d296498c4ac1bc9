/** An engine as the comparison sees it: what it plans, what it records, what it does. */

/** What is about to happen to one resource. */
export interface PlannedChange {
  readonly verb: string;
  /** Input properties that differ, sorted; none for a create, a delete and "same". */
  readonly changed: readonly string[];
  /** Those of them that make it a replacement, sorted. */
  readonly replaceKeys: readonly string[];
}

/** By URN. */
export type Plan = Readonly<Record<string, PlannedChange>>;

/** One resource of the state; URNs are empty where there is none. */
export interface RecordedResource {
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  /** Secrets in the clear, each marked as one. */
  readonly inputs: unknown;
}

/** By URN. */
export type RecordedState = Readonly<Record<string, RecordedResource>>;

export interface Engine {
  readonly name: "pulumi" | "embedded";
  /** @throws Error with what the engine said, when it cannot plan; so do all others */
  preview(): Promise<Plan>;
  up(): Promise<void>;
  refresh(): Promise<void>;
  destroy(): Promise<void>;
  state(): Promise<RecordedState>;
  /** The stack's outputs, secrets shown. */
  outputs(): Promise<unknown>;
}

/** The one stack that the engines run one after the other, so that every name and URN is the same. */
export interface StackPlace {
  /** Folder of the project's copy. */
  readonly folder: string;
  readonly stack: string;
  /** The stack file. */
  readonly file: string;
  readonly passphrase: string;
  /** Folder for the state of either engine. */
  readonly stateDir: string;
}

/** The one key of what stands for a secret in recorded inputs. */
export const SECRET_MARK = "[secret]";

export const markSecret = (value: unknown): unknown => ({ [SECRET_MARK]: value });
