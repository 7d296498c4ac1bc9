import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { PROGRAM_HEAP } from "./heap.ts";
import { hasCode, UserError } from "../../model/values/user-error.ts";

export interface ProgramSettings {
  /** `host:port` of the gRPC server. */
  readonly address: string;
  readonly projectDir: string;
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly config: Configuration;
  /** Arguments for Node itself. */
  readonly nodeArgs: readonly string[];
  /** What the program prints, line by line. */
  readonly onOutput: (line: string) => void;
}

export interface Configuration {
  /** Raw values by `<project>:<key>`, secrets in the clear. */
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export interface Exit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The last lines of its standard error. */
  readonly lastWords: string;
}

export interface Program {
  readonly exited: Promise<Exit>;
  /** Ends the program, gently first. */
  stop(): void;
}

const LAST_WORDS = 20;
/** Time for a program to end by itself once the engine stops answering, and then to obey. */
const GRACE_MS = 300;
const KILL_AFTER_MS = 2000;

const LAUNCHER = fileURLToPath(import.meta.resolve("@pulumi/pulumi/cmd/run/index.js"));
const PRELOAD = import.meta.resolve("./program-preload.ts");
/** Compiled code of the SDK, next to it in `node_modules`: saves four tenths of a program's start. */
const COMPILE_CACHE = fileURLToPath(
  new URL("../../../../.cache/compiled", import.meta.resolve("@pulumi/pulumi/cmd/run/index.js")),
);

/** Starts the unmodified program under Pulumi's own launcher for Node programs. */
export function startProgram(settings: ProgramSettings): Program {
  const { address, project, stack, parallel, projectDir, dryRun, nodeArgs } = settings;
  const child = launched(settings.stack, settings.config, () =>
    spawn(
      process.execPath,
      [
        ...PROGRAM_HEAP,
        ...["--import", PRELOAD],
        ...nodeArgs,
        launcherFor(projectDir),
        ...["--monitor", address, "--engine", address],
        ...["--project", project, "--stack", stack, "--organization", "organization"],
        ...["--parallel", String(parallel), "--pwd", projectDir],
        ...(dryRun ? ["--dry-run"] : []),
        ".",
      ],
      // In a process group of its own: Ctrl-C is for the engine, which still needs the hooks.
      { env: environment(settings.config), stdio: ["ignore", "pipe", "pipe"], detached: true },
    ),
  );
  const lastWords: string[] = [];
  readLines(child.stdout, settings.onOutput);
  readLines(child.stderr, (line) => {
    lastWords.push(line);
    if (lastWords.length > LAST_WORDS) lastWords.shift();
    settings.onOutput(line);
  });
  const timers: NodeJS.Timeout[] = [];
  let ended = false;
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      ended = true;
      timers.forEach(clearTimeout);
      resolve({ code, lastWords: lastWords.join("\n") });
    });
  });
  const stop = (): void => {
    if (ended || timers.length > 0) return;
    timers.push(setTimeout(() => child.kill("SIGTERM"), GRACE_MS));
    timers.push(setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS));
  };
  return { exited, stop };
}

/** The configuration goes as one variable, as Pulumi does it, and systems limit how long one may be. */
function launched<Child>(stack: string, { values }: Configuration, launch: () => Child): Child {
  try {
    return launch();
  } catch (error) {
    if (!hasCode(error, "E2BIG")) throw error;
    const sizes = Object.entries(values).map(([key, value]) => ({ key, size: value.length }));
    const [longest] = sizes.sort((a, b) => b.size - a.size);
    const kib = (size: number) => `${Math.ceil(size / 1024).toLocaleString("en-US")} KiB`;
    throw new UserError(
      `the configuration of stack ${stack} is too long: ${kib(sizes.reduce((sum, { size }) => sum + size, 0))}` +
        `${longest ? `, of which ${longest.key} is ${kib(longest.size)}` : ""}; ` +
        "wanted less than 128 KiB in all, which is what Linux hands to a program. Shorten it.",
      { cause: error },
    );
  }
}

/** The launcher of the SDK that the program itself loads: two SDKs in one process do not know each other. */
function launcherFor(projectDir: string): string {
  try {
    return createRequire(join(projectDir, "package.json")).resolve(
      "@pulumi/pulumi/cmd/run/index.js",
    );
  } catch {
    return LAUNCHER;
  }
}

/** The caller's environment without what is meant for Pulumi, with what the launcher wants. */
function environment({ values, secretKeys }: Configuration): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
  return {
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...Object.fromEntries(inherited),
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: "false",
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
}
