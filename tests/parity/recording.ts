/** What one engine does with a stack, from the first plan to the end: taken of both, then compared. */
import type { Engine, Plan, RecordedState } from "./engines/engine.ts";
import type { StackFiles } from "./stack-files.ts";

/** A change to the declarations. */
export interface Change {
  readonly what: string;
  readonly make: (files: StackFiles) => void;
}

/** What is there after a run. */
export interface Outcome {
  readonly state: RecordedState;
  readonly outputs: unknown;
  /** What clients that belong to neither engine see. */
  readonly objects: unknown;
}

export interface Recording {
  readonly first: Plan;
  readonly made: Outcome;
  /** Planned right after the first run, and again after a refresh. */
  readonly again: Plan;
  readonly refreshed: Plan;
  /** Planned for each change alone, by its name; an Error where the engine could not plan it. */
  readonly changes: Readonly<Record<string, Plan | Error>>;
  /** After the last change was made. */
  readonly changed: Outcome;
  readonly settled: Plan;
  /** After the end. */
  readonly left: readonly string[];
}

export interface RecordingArgs {
  readonly files: StackFiles;
  /** Planned one by one. */
  readonly changes: readonly Change[];
  /** One more that is planned and then made. */
  readonly made: Change;
  /** Looks at what there is, while the stack is up, with its outputs. */
  readonly look: (outputs: unknown) => Promise<unknown>;
  /** What is left of the stack on the machine. */
  readonly left: () => Promise<readonly string[]>;
}

/** Runs a stack on one engine. @throws Error with what the engine said, when something fails */
export async function record(engine: Engine, args: RecordingArgs): Promise<Recording> {
  const { files } = args;
  const outcome = async (): Promise<Outcome> => {
    const [state, outputs] = await Promise.all([engine.state(), engine.outputs()]);
    return { state, outputs, objects: await args.look(outputs) };
  };
  try {
    const first = await engine.preview();
    await engine.up();
    const made = await outcome();
    const again = await engine.preview();
    await engine.refresh();
    const refreshed = await engine.preview();
    const changes: Record<string, Plan | Error> = {};
    for (const { what, make } of args.changes) {
      make(files);
      changes[what] = await engine.preview().catch((error: unknown) => error as Error);
      files.restore();
    }
    args.made.make(files);
    changes[args.made.what] = await engine.preview();
    await engine.up();
    const changed = await outcome();
    const settled = await engine.preview();
    await engine.destroy();
    return { first, made, again, refreshed, changes, changed, settled, left: await args.left() };
  } finally {
    files.restore();
  }
}
