import { alikeWhereSecret } from "../plan/comparison.ts";
import type { AnyProviderDriver } from "../drivers/driver.ts";
import type { Configuration } from "../program/program.ts";
import type { EngineEvent, RunStatus } from "../run/events.ts";
import type { Failure } from "../values/failure.ts";
import type { ResourceGoal } from "../plan/resource-goal.ts";
import { collectEarly } from "../program/heap.ts";
import { runProgram } from "../program/program-run.ts";
import { Run } from "../run/run.ts";
import { type StackTarget, State } from "../state/state.ts";
import { PARALLEL_OPERATIONS } from "../../model/values/parallelism.ts";

export interface RecordingOptions {
  /** Arguments for Node that runs the program. @default none */
  readonly nodeArgs?: readonly string[];
  readonly target: Pick<StackTarget, "projectDir" | "project" | "stack">;
  readonly config: Configuration;
  readonly providers: readonly AnyProviderDriver[];
  readonly onEvent: (event: EngineEvent) => void;
  /** What the program finds: the outputs of what exists. Without one nothing exists yet. */
  readonly state?: State;
  /** Stand-ins are in place of the state's secrets or the configuration's: no two secrets differ. */
  readonly secretsWithheld?: boolean;
  readonly signal?: AbortSignal;
}

/** What a program declares, in the order in which it does. */
export interface Recording {
  readonly status: RunStatus;
  readonly goals: readonly ResourceGoal[];
  readonly failures: readonly Failure[];
}

/** Runs the program as in a preview and writes down what it declares. Touches nothing. */
export async function recordProgram(options: RecordingOptions): Promise<Recording> {
  collectEarly();
  const { onEvent, config, state = State.of([]), secretsWithheld = false } = options;
  const signal = options.signal ?? new AbortController().signal;
  const { projectDir } = options.target;
  const run = new Run({
    projectDir,
    dryRun: true,
    parallel: PARALLEL_OPERATIONS,
    onEvent,
    signal,
    forceSignal: signal,
  });
  for (const key of config.secretKeys) run.masker.learnText(config.values[key] ?? "");
  const goals: ResourceGoal[] = [];
  const { status, failures } = await runProgram(options, run, () => Promise.resolve(state), {
    onGoal: (goal) => goals.push(goal),
    ...(secretsWithheld && { comparable: alikeWhereSecret }),
  });
  return { status, goals, failures };
}
