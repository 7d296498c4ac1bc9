/**
 * What the embedded engine asks of a driver: one object per Pulumi package, one per resource type.
 * The engine owns ordering, state, secrets and verbs; a driver knows one kind of remote object.
 *
 * Values here are plain: secrets are unwrapped before a driver sees them, and the engine marks the
 * outputs again. In a preview a value may be {@link UNKNOWN}, at any depth.
 */

import type { Properties } from "../values/value.ts";

// Whoever writes a driver needs these and no more of the engine.
export { UNKNOWN, type Properties, type Value } from "../values/value.ts";

/** What the state holds of one resource, secrets revealed. */
export interface ResourceState {
  readonly id: string;
  /** The checked inputs of the last successful create or update. */
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** An object as a read finds it. */
export interface Observed extends ResourceState {
  /** Why it serves nobody although it is there, such as "had stopped". Absent: it serves. */
  readonly down?: string;
}

/** One fault of one input: the property, and a sentence with the value given and the value wanted. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  /** Inputs with the provider's defaults filled in and values in canonical form. */
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface Diff {
  /** Top-level properties that differ; empty means "same". */
  readonly changed: readonly string[];
  /** Those of {@link changed}, or paths in them, that cannot be updated in place. */
  readonly replace: readonly string[];
  /** The old object must go before the new one can exist (same physical name). */
  readonly deleteBeforeReplace?: boolean;
}

export interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

/**
 * Thrown by a create or an update whose change was made, while the object did not become ready. The
 * object is recorded as changed, and the next run updates it again whatever is declared by then.
 */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";
  /** The object as the operation left it. */
  readonly made: Created;

  constructor(message: string, made: Created) {
    super(message);
    this.made = made;
  }
}

/** What an operation may use besides its arguments. */
export interface OperationContext {
  readonly urn: string;
  /** What relative paths in inputs start from, wherever the command was started. */
  readonly projectDir: string;
  /** Aborted on a second Ctrl-C; the first lets the step in hand finish. */
  readonly signal: AbortSignal;
  /** One line of progress for operations that take seconds ("waiting for health: starting"). */
  readonly progress: (message: string) => void;
  /** The option `customTimeouts` for this operation; undefined leaves it to the driver. */
  readonly timeoutSeconds?: number;
}

/** Drives one resource type. `Client` is what the provider's {@link ProviderDriver.connect} made. */
export interface ResourceDriver<Client> {
  /** Pulumi type token, such as `kafka:index/topic:Topic`. */
  readonly type: string;
  /** What others have put into the object is lost when it is replaced. @default false */
  readonly holdsRecords?: boolean;
  /** Output properties that are secret whatever the inputs were. */
  readonly secretOutputs?: readonly string[];
  /**
   * Pure. Refuses by name every input property this driver does not support. `provider` holds the
   * checked arguments of the resource's provider, for defaults they set.
   */
  check(inputs: Properties, provider?: Properties): CheckResult;
  /** Pure. Follows the real provider's replace table, which its arguments may change. */
  diff(old: ResourceState, inputs: Properties, provider?: Properties): Diff;
  /** Pure. Outputs as a preview knows them: inputs echoed, computed ones UNKNOWN (or kept from `old`). */
  plan(inputs: Properties, old: ResourceState | undefined): Properties;
  create(client: Client, inputs: Properties, context: OperationContext): Promise<Created>;
  /**
   * Called before the create of a resource whose creation an earlier run began and never saw the end
   * of (it was killed), or whose record was lost and is to be adopted. Takes over what is there when it is as
   * declared, or clears it away when it is surely our own; undefined means: create as usual.
   */
  resumeCreate?(
    client: Client,
    inputs: Properties,
    context: OperationContext,
  ): Promise<Created | undefined>;
  /** The object as it is now, or undefined when it is gone. `inputs` mirror what a program would declare. */
  read(
    client: Client,
    old: ResourceState,
    context: OperationContext,
  ): Promise<Observed | undefined>;
  update(
    client: Client,
    old: ResourceState,
    inputs: Properties,
    context: OperationContext,
  ): Promise<Properties>;
  /** Succeeds when the object is already gone. */
  delete(client: Client, old: ResourceState, context: OperationContext): Promise<void>;
}

/** Drives one Pulumi package. */
export interface ProviderDriver<Client = unknown> {
  /** Package name: the provider resource's type is `pulumi:providers:<name>`. */
  readonly name: string;
  /** Pure. Same contract as {@link ResourceDriver.check}, for the provider's own arguments. */
  check(inputs: Properties): CheckResult;
  /** Lazily called, once per provider resource and run, before its first operation. */
  connect(config: Properties, context: OperationContext): Promise<Client>;
  close(client: Client): Promise<void>;
  readonly resources: readonly ResourceDriver<Client>[];
}

/** Drivers of any client type: each only ever sees the clients it made itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyProviderDriver = ProviderDriver<any>;

/** A driver whose client's type is its own business: it only ever sees clients it made itself. */
export type AnyResourceDriver = ResourceDriver<unknown>;
