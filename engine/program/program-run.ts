import { Deployment, type Recorder } from "../run/deployment.ts";
import { Connections } from "../run/connections.ts";
import { Drivers } from "../drivers/registry.ts";
import type { AnyProviderDriver } from "../drivers/driver.ts";
import { type Configuration, type Exit, type Program, startProgram } from "./program.ts";
import type { RunResult } from "../run/events.ts";
import { Hooks } from "../run/hooks.ts";
import { type Run, RunStopped } from "../run/run.ts";
import { foundBeforeUpdate } from "../run/found-before-update.ts";
import { Look } from "../run/look.ts";
import { serve } from "./server.ts";
import type { StackTarget, State } from "../state/state.ts";

/** What running the program takes; whose state it is run against comes apart. */
export interface ProgramOptions {
  readonly target: Pick<StackTarget, "projectDir" | "project" | "stack">;
  readonly config: Configuration;
  readonly providers: readonly AnyProviderDriver[];
  /** Looks first whether what is recorded is there, and says what is not. @default false */
  readonly look?: boolean;
  /** Takes over what exists already of what is to be created. @default false */
  readonly adopt?: boolean;
  /** The first Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Arguments for the program's Node. */
  readonly nodeArgs?: readonly string[];
}

interface Opened {
  readonly deployment: Deployment;
  readonly close: () => Promise<void>;
}

/**
 * Runs the program against the state. The program starts while the state's key is still being
 * derived: its first registration waits for that. `recorder` hears of every registration.
 */
export async function runProgram(
  options: ProgramOptions,
  run: Run,
  openState: () => Promise<State>,
  recorder?: Recorder,
): Promise<RunResult> {
  const { target, config, signal, nodeArgs = [] } = options;
  const { projectDir, project, stack } = target;
  const parallel = run.parallel;
  const drivers = new Drivers(options.providers);
  const hooks = new Hooks(run.dryRun, (urn, message) => run.diagnose("warning", message, urn));
  const opening = openState().then((state) => open(state));
  // Whoever asks is told to stop; the reason is thrown to the caller below.
  const deployment = opening.catch(() => {
    throw new RunStopped();
  });
  deployment.catch(() => undefined);

  async function open(state: State): Promise<Opened> {
    state.teach(run.masker);
    const connections: Connections = new Connections(drivers, run, (urn) =>
      deploying.provider(urn),
    );
    const adopts = options.adopt === true;
    const base = { run, state, drivers, connections, hooks, adopts };
    const look = options.look === true ? new Look(base, foundBeforeUpdate(base), true) : undefined;
    const engine = look === undefined ? base : { ...base, look };
    const deploying = new Deployment(engine, { stack, project }, recorder);
    const close = async (): Promise<void> => {
      await look?.close();
      await connections.close();
      await state.close({ succeeded });
    };
    try {
      await look?.begin();
    } catch (error) {
      await close();
      throw error;
    }
    return { deployment: deploying, close };
  }

  let succeeded = false;
  let program: Program | undefined;
  const server = await serve({
    run,
    hooks,
    project,
    stack,
    parallel,
    deployment: async () => (await deployment).deployment,
    onIdle: () => program?.stop(),
  });
  signal?.addEventListener("abort", server.poke);
  try {
    program = startProgram({
      address: server.address,
      projectDir,
      project,
      stack,
      dryRun: run.dryRun,
      parallel,
      config,
      nodeArgs,
      onOutput: (line) => run.diagnose("info", line),
    });
    const opened = await opening;
    judge(await program.exited, server.finished(), run);
    await server.idle();
    succeeded = !run.failed && !run.interrupted;
    return run.result(opened.deployment.outputs);
  } finally {
    program?.stop();
    await program?.exited;
    signal?.removeEventListener("abort", server.poke);
    server.close();
    hooks.close();
    await opening.then(
      ({ close }) => close(),
      () => undefined,
    );
  }
}

/** What the SDK says, and exits with 1 for, when a program ends while it still waits for something. */
const LEAK = /The Pulumi runtime detected that \d+ promises? (was|were) still active/;

/** A program that ended before it had registered everything must not have its resources deleted. */
function judge({ code, lastWords }: Exit, finished: boolean, run: Run): void {
  if (run.failed || run.interrupted || (finished && code === 0)) return;
  if (code === 0 || LEAK.test(lastWords)) {
    const message =
      "the program ended before Pulumi was done with it; it must not call process.exit";
    run.fail(new Error(message));
    return;
  }
  const how = `the program ended with ${code === null ? "a signal" : `exit code ${code}`}`;
  run.fail(new Error(lastWords === "" ? how : `${how}; its last words were:\n${lastWords}`));
}
