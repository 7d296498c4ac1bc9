/**
 * The embedded engine: runs the Pulumi program of a stack, keeps the stack's state in a file, and plans
 * what a change would do (docs/embedded-engine.md). Nothing else of this folder is for others, but
 * `providers.ts`, the drivers, and `docker.ts`, which builds images.
 *
 * Cheap to import: what runs a program is loaded when it is called for.
 */
import type * as Recording from "./stack/recording.ts";
import type * as Update from "./stack/update.ts";

// Running a stack.
export type { RunOptions } from "./stack/update.ts";
export type { RecordingOptions, Recording } from "./stack/recording.ts";
export type { Configuration } from "./program/program.ts";
export type { StackTarget } from "./state/state.ts";
export type {
  Changes,
  EngineEvent,
  DriverCall,
  PlannedStep,
  RunResult,
  RunStatus,
  StepVerb,
} from "./run/events.ts";
export type { Failure } from "./values/failure.ts";

/** Shows what {@link up} would do. Touches nothing, neither objects nor files. */
export const preview: typeof Update.preview = async (options) =>
  (await import("./stack/update.ts")).preview(options);

/**
 * Runs the program and brings everything to the state it declares. Faults of the run are in the
 * result.
 *
 * @throws UserError for what forbids the run: a lock, a damaged state, a wrong passphrase
 */
export const up: typeof Update.up = async (options) =>
  (await import("./stack/update.ts")).up(options);

/** Takes over into the state what others changed. Throws as {@link up} does. */
export const refresh: typeof Update.refresh = async (options) =>
  (await import("./stack/update.ts")).refresh(options);

/** Deletes everything the state holds. Throws as {@link up} does. */
export const destroy: typeof Update.destroy = async (options) =>
  (await import("./stack/update.ts")).destroy(options);

/** Runs the program as in a preview and writes down what it declares. Touches nothing. */
export const recordProgram: typeof Recording.recordProgram = async (options) =>
  (await import("./stack/recording.ts")).recordProgram(options);

// Reading what is recorded of a stack.
export { listResources, readOutputs, readState, type ResourceSummary } from "./stack/recorded.ts";
export { State } from "./state/state.ts";
export type { ResourceRecord } from "./state/resource-record.ts";
export { type Checkpoint, readCheckpoint, stateOfCheckpoint } from "./state/checkpoint.ts";
export { createSalt, openSalt, type Passphrase } from "./state/passphrase.ts";
export { type Cipher, toStored, withheldSecrets } from "./values/encoding.ts";

// Planning from declarations, without running anything.
export { declaredState, type Plan, type PlannedResource, planGoals } from "./plan/plan.ts";
export { protectedMessage } from "./plan/protection.ts";
export type { ResourceGoal } from "./plan/resource-goal.ts";
export { formerUrns } from "./plan/aliases.ts";

// Names and values.
export { makeUrn, parseUrn, ROOT_STACK_TYPE, urnOfProviderReference } from "./values/urn.ts";
export { type Properties, UNKNOWN, type Value } from "./values/value.ts";
export {
  type DisplayProperties,
  type DisplayValue,
  isArray,
  isMap,
  isSecret,
  mapValues,
  markAllLike,
  type PropertyMap,
  type PropertyValue,
  reveal,
  revealAll,
  secret,
  unwrap,
} from "./values/property-values.ts";

// What is the matter with a pod.
export { podHealth, type PodHealth } from "./drivers/kubernetes/pod-health.ts";

// What a driver is.
export type {
  AnyProviderDriver,
  AnyResourceDriver,
  CheckResult,
  Created,
  Diff,
  OperationContext,
  ProviderDriver,
  ResourceDriver,
  ResourceState,
} from "./drivers/driver.ts";
