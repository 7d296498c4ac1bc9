import { existsSync } from "node:fs";
import path from "node:path";
import {
  destroy,
  listResources,
  preview,
  refresh,
  type RunResult,
  type StackTarget,
  up,
} from "../../engine/index.ts";
import { countLine, showEvents } from "../terminal/display.ts";
import { failureAdvice } from "./failure-advice.ts";
import { engineConfig } from "../stack/effective-config.ts";
import { findPassphrase } from "../stack/passphrase-source.ts";
import type { Progress } from "../terminal/progress.ts";
import { localDir, PROJECT, PROJECT_DIR, type Stack } from "../stack/project.ts";

/** Runs the program, or its state, on the embedded engine. */

const OPERATIONS = { preview, up, refresh, destroy };

export type EngineCommand = keyof typeof OPERATIONS;

/** Where the embedded engine keeps this stack, and the key to it. */
export const target = (stack: Stack): StackTarget => ({
  projectDir: PROJECT_DIR,
  project: PROJECT,
  stack: stack.name,
  stateDir: localDir(),
  passphrase: findPassphrase({ create: true }),
});

const journalOf = (stack: Stack): string => path.join(localDir(), stack.name, "state.journal");

/** Whether the embedded engine's state has resources of the stack. Never makes a state. */
export async function embeddedHolds(stack: Stack): Promise<boolean> {
  if (!existsSync(journalOf(stack))) return false;
  return (await listResources(target(stack))).length > 0;
}

/** Ctrl-C once: finish what is in hand and save. Twice: drivers give up. A third time ends the process. */
function interruptible(progress: Progress) {
  const first = new AbortController();
  const second = new AbortController();
  const onInterrupt = () => {
    if (first.signal.aborted) {
      second.abort();
      release();
      return;
    }
    progress.warn(
      "interrupted: finishing what is in hand and saving; Ctrl-C again gives up waiting",
    );
    first.abort();
  };
  const release = () => {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
  };
  process.on("SIGINT", onInterrupt).on("SIGTERM", onInterrupt);
  return { signal: first.signal, forceSignal: second.signal, release };
}

interface Manner {
  /** Whether an `up` is to look first at what is really there. @default false */
  readonly look?: boolean;
  /** Whether it takes over what exists already and is not in the state. @default false */
  readonly adopt?: boolean;
}

/**
 * @returns what was done; its status says whether it worked
 */
export async function runEmbedded(
  operation: EngineCommand,
  stack: Stack,
  progress: Progress,
  manner: Manner = {},
): Promise<RunResult> {
  const at = target(stack);
  const config = await engineConfig(stack, at.passphrase);
  // They load the clients of Docker, Kafka and Kubernetes: what only reads the state does without.
  const { PROVIDERS } = await import("../../engine/providers.ts");
  const { signal, forceSignal, release } = interruptible(progress);
  try {
    const options = { target: at, config, providers: PROVIDERS, signal, forceSignal, ...manner };
    const result = await progress.step(
      `${operation} ${stack.name}`,
      (detail) => OPERATIONS[operation]({ ...options, onEvent: showEvents(progress, detail) }),
      ({ status, changes }) =>
        `${status}, ${countLine(changes, { done: operation !== "preview" && status === "succeeded" })}`,
    );
    if (operation === "up") {
      for (const advice of failureAdvice(result.failures, journalOf(stack), {
        stack: stack.name,
        ...manner,
      }))
        progress.say(advice);
    }
    return result;
  } finally {
    release();
  }
}
