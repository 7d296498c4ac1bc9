import { type Recording, recordProgram, type State } from "../../engine/index.ts";
import { PROVIDERS } from "../../engine/providers.ts";
import type { EngineConfig } from "../stack/effective-config.ts";
import { planningConfig, standInsFor } from "./planning-config.ts";
import { PROJECT, PROJECT_DIR, type Stack } from "../stack/project.ts";
import { readStackFile } from "../stack/stack-file.ts";

export interface PlanRequest {
  readonly stack: Stack;
  readonly signal: AbortSignal;
  /** Hears what the program says, line by line. */
  readonly onMessage: (message: string) => void;
}

/** What the program declares for a stack by its file in git alone: no state, no secrets, no local file. */
export async function declaredGoals(request: PlanRequest): Promise<Recording> {
  const file = readStackFile(request.stack.file);
  return record(request, planningConfig(file, await standInsFor(file)));
}

/** A stack as the engine names it. */
export const identity = ({ name }: Stack) => ({ stack: name, project: PROJECT });

/** Runs the program as in a preview, and writes down what it declares. */
export function record(
  { stack, signal, onMessage }: PlanRequest,
  config: EngineConfig,
  {
    projectDir = PROJECT_DIR,
    ...more
  }: { projectDir?: string; state?: State; secretsWithheld?: boolean } = {},
): Promise<Recording> {
  return recordProgram({
    target: { projectDir, ...identity(stack) },
    config,
    providers: PROVIDERS,
    signal,
    ...more,
    // Errors are among the recording's failures.
    onEvent: (event) => {
      if (event.kind === "diagnostic" && event.severity !== "error") onMessage(event.message);
    },
  });
}
