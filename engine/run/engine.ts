import { join } from "node:path";
import type { ProviderDriver } from "../drivers/driver.ts";
import { Connections, Drivers } from "../drivers/drivers.ts";
import type { EngineEvent, RunResult } from "./events.ts";
import { collectEarly } from "../program/heap.ts";
import { Hooks } from "./hooks.ts";
import { acquireLock } from "../state/lock.ts";
import { destroyAll, refreshAll } from "./maintenance.ts";
import type { Workplace } from "./operations.ts";
import { runProgram } from "../program/program-run.ts";
import type { Configuration } from "../program/program.ts";
import { displayAll, type DisplayProperties, type PropertyMap } from "../state/property-values.ts";
import { Run } from "./run.ts";
import { stackDirectory, StoredState, type StackTarget, type State } from "../state/state.ts";
import { parseUrn, ROOT_STACK_TYPE } from "../state/urn.ts";

export type { Changes, EngineEvent, Failure, Operation, PlannedStep, RunResult } from "./events.ts";
export type { Passphrase } from "../state/passphrase.ts";
export type { Configuration } from "../program/program.ts";
export type { DisplayProperties, DisplayValue } from "../state/property-values.ts";
export type { StackTarget } from "../state/state.ts";

/** Drivers of any client type: each only ever sees the clients it made itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyProviderDriver = ProviderDriver<any>;

export interface RunOptions {
  readonly target: StackTarget;
  readonly config: Configuration;
  readonly providers: readonly AnyProviderDriver[];
  /** Driver calls at a time; 128 unless given. */
  readonly parallel?: number;
  readonly onEvent: (event: EngineEvent) => void;
  /** First Ctrl-C: what is under way is finished and recorded, nothing new starts. */
  readonly signal?: AbortSignal;
  /** Second Ctrl-C: drivers are told to give up. */
  readonly forceSignal?: AbortSignal;
  /** Arguments for the program's Node. */
  readonly nodeArgs?: readonly string[];
}

/** What the state says of one resource, without its properties. */
export interface ResourceSummary {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for components. */
  readonly id: string;
  readonly protect: boolean;
}

const DEFAULT_PARALLEL = 128;

/** Shows what {@link up} would do. Touches nothing, neither objects nor files. */
export async function preview(options: RunOptions): Promise<RunResult> {
  const stored = await StoredState.read(options.target);
  return runProgram(options, newRun(options, true), () => stored.open(options.target.passphrase));
}

/**
 * Runs the program and brings everything to the state it declares. Faults of the run are in the
 * result; what forbids the run (a lock, a damaged state, a wrong passphrase) is thrown as
 * {@link UserError}.
 */
export async function up(options: RunOptions): Promise<RunResult> {
  const run = newRun(options, false);
  return locked(options.target, run, async () => {
    const stored = await StoredState.read(options.target);
    return runProgram(options, run, () => stored.openForWriting(options.target.passphrase));
  });
}

/** Takes over into the state what others changed. Throws as {@link up} does. */
export async function refresh(options: RunOptions): Promise<RunResult> {
  return maintain(options, refreshAll);
}

/** Deletes everything the state holds. Throws as {@link up} does. */
export async function destroy(options: RunOptions): Promise<RunResult> {
  return maintain(options, destroyAll);
}

/** The stack's outputs as recorded. The passphrase is needed for secrets only. */
export async function readOutputs(
  target: StackTarget,
  { showSecrets }: { readonly showSecrets: boolean },
): Promise<DisplayProperties> {
  const stored = await StoredState.read(target);
  const state = showSecrets ? await stored.open(target.passphrase) : stored.openWithoutSecrets();
  return displayAll(stackOutputs(state), showSecrets);
}

/** What is recorded of the stack, secrets included: nothing for a stack this engine never ran. */
export async function readState(target: StackTarget): Promise<State> {
  return (await StoredState.read(target)).open(target.passphrase);
}

/** What the state holds; empty for a stack this engine never ran. Needs no passphrase. */
export async function listResources(target: StackTarget): Promise<ResourceSummary[]> {
  const state = (await StoredState.read(target)).openWithoutSecrets();
  return [...state.resources.values()].map(({ urn, type, id, protect }) => {
    return { urn, type, name: parseUrn(urn).name, id, protect };
  });
}

function newRun(options: RunOptions, dryRun: boolean): Run {
  collectEarly();
  const { parallel = DEFAULT_PARALLEL, onEvent, config } = options;
  const signal = options.signal ?? new AbortController().signal;
  const forceSignal = options.forceSignal ?? new AbortController().signal;
  const { projectDir } = options.target;
  const run = new Run({ projectDir, dryRun, parallel, onEvent, signal, forceSignal });
  for (const key of config.secretKeys) run.masker.learnText(config.values[key] ?? "");
  return run;
}

function stackOutputs(state: State): PropertyMap {
  const root = [...state.resources.values()].find(({ type }) => type === ROOT_STACK_TYPE);
  return root?.outputs ?? {};
}

async function locked<T>(target: StackTarget, run: Run, work: () => Promise<T>): Promise<T> {
  const lock = await acquireLock(join(stackDirectory(target), "lock"));
  try {
    const dead = lock.takenOverFrom;
    if (dead !== undefined) {
      run.diagnose(
        "info",
        `took over from process ${dead.pid}, which died (started ${dead.since})`,
      );
    }
    return await work();
  } finally {
    await lock.release();
  }
}

async function maintain(
  options: RunOptions,
  work: (workplace: Workplace) => Promise<void>,
): Promise<RunResult> {
  const run = newRun(options, false);
  return locked(options.target, run, async () => {
    const stored = await StoredState.read(options.target);
    const state = await stored.openForWriting(options.target.passphrase);
    state.teach(run.masker);
    const drivers = new Drivers(options.providers);
    const connections = new Connections(drivers, run, (urn) =>
      state.resources.get(state.current(urn)),
    );
    const hooks = new Hooks(false, () => undefined);
    try {
      await work({ run, state, drivers, connections, hooks }).catch((error: unknown) => {
        run.fail(error);
      });
      return run.result(stackOutputs(state));
    } finally {
      await connections.close();
      await state.close();
    }
  });
}
