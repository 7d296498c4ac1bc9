import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { UserError } from "../../model/values/user-error.ts";
import { PROJECT_DIR } from "../stack/project.ts";
import { withParallelism } from "./pulumi-arguments.ts";

/** The environment for the CLI: our own Node first, which npm puts on the PATH of its scripts too. */
const environment = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env["PATH"] ?? ""}`,
  ...extra,
});

/** Whether there is a Pulumi CLI on the PATH. */
export const hasPulumiCli = (): boolean =>
  spawnSync("pulumi", ["version"], { env: environment(), stdio: "ignore" }).status === 0;

interface PulumiRun {
  /** Environment besides our own. */
  readonly env?: NodeJS.ProcessEnv;
  /** What may find, while the CLI runs, that it waits in vain, and why: then it is told to stop. */
  readonly watch?: ((signal: AbortSignal) => Promise<string | undefined>) | undefined;
}

/**
 * Runs the Pulumi CLI in the project with this terminal.
 *
 * @returns its exit code
 * @throws UserError when there is none
 */
export function runPulumi(
  args: readonly string[],
  { env, watch }: PulumiRun = {},
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn("pulumi", withParallelism(args), {
    cwd: PROJECT_DIR,
    env: environment(env),
    stdio: "inherit",
  });
  const ended = new AbortController();
  void watch?.(ended.signal).then((reason) => {
    if (reason === undefined || ended.signal.aborted) return;
    console.error(
      `error: ${reason}. Waiting does not help, so the run is ended: put that right, or take the change back, and run it again.`,
    );
    child.kill("SIGINT");
  });
  child.once("error", () => {
    reject(
      new UserError(
        "The Pulumi CLI is not on the PATH. Install it (https://www.pulumi.com/docs/install/), " +
          "or use `npm start`, which needs none.",
      ),
    );
  });
  child.once("exit", (code) => {
    ended.abort();
    resolve(code ?? 1);
  });
  return promise;
}

/** What a command of the CLI prints, or undefined when it fails. Never asks. */
export function askPulumi(args: readonly string[], extra?: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout } = spawnSync("pulumi", [...args, "--non-interactive"], {
    cwd: PROJECT_DIR,
    env: environment(extra),
    encoding: "utf8",
  });
  return status === 0 ? stdout : undefined;
}
