import { join } from "node:path";
import type { AnyProviderDriver } from "../drivers/driver.ts";
import { Connections } from "../run/connections.ts";
import { Drivers } from "../drivers/registry.ts";
import type { EngineEvent, RunResult } from "../run/events.ts";
import { collectEarly } from "../program/heap.ts";
import { Hooks } from "../run/hooks.ts";
import { acquireLock } from "../state/lock.ts";
import { destroyAll, refreshAll } from "../run/maintenance.ts";
import type { EngineContext } from "../run/engine-context.ts";
import { runProgram } from "../program/program-run.ts";
import type { Configuration } from "../program/program.ts";
import { stackOutputs } from "./recorded.ts";
import { Run } from "../run/run.ts";
import { stackDirectory, type StackTarget, StoredState } from "../state/state.ts";
import { PARALLEL_OPERATIONS } from "../../model/values/parallelism.ts";

export interface RunOptions {
  readonly target: StackTarget;
  readonly config: Configuration;
  readonly providers: readonly AnyProviderDriver[];
  /** Driver calls at a time. @default {@link PARALLEL_OPERATIONS} */
  readonly parallel?: number;
  readonly onEvent: (event: EngineEvent) => void;
  /**
   * An {@link up} looks first whether what is recorded is there and serves, and mends it together with what
   * is declared anew. @default false: what is recorded is believed, as the Pulumi CLI does
   */
  readonly look?: boolean;
  /**
   * An {@link up} takes over what exists already of what it is to create, where it is as declared and nobody
   * else's: for a state that was lost. @default false: what exists already is refused
   */
  readonly adopt?: boolean;
  /** First Ctrl-C: what is under way is finished and recorded, nothing new starts. */
  readonly signal?: AbortSignal;
  /** Second Ctrl-C: drivers are told to give up. */
  readonly forceSignal?: AbortSignal;
  /** Arguments for the program's Node. */
  readonly nodeArgs?: readonly string[];
}

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

function newRun(options: RunOptions, dryRun: boolean): Run {
  collectEarly();
  const { parallel = PARALLEL_OPERATIONS, onEvent, config } = options;
  const signal = options.signal ?? new AbortController().signal;
  const forceSignal = options.forceSignal ?? new AbortController().signal;
  const { projectDir } = options.target;
  const run = new Run({ projectDir, dryRun, parallel, onEvent, signal, forceSignal });
  for (const key of config.secretKeys) run.masker.learnText(config.values[key] ?? "");
  return run;
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
  work: (engine: EngineContext) => Promise<void>,
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
      await state.close({ succeeded: !run.failed && !run.interrupted });
    }
  });
}
