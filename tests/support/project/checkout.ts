import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hasCode } from "../../../model/values/user-error.ts";

const PROJECT_DIR = path.resolve(import.meta.dirname, "../../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** When to end a command before its time, and how. */
export interface Stop {
  readonly when: (stderr: string) => boolean;
  readonly by: NodeJS.Signals;
}

/** A copy of the project in a folder of its own, to run its commands in and to edit. */
export class Checkout {
  readonly folder: string;

  /** @param folder of a copy that was made before. Default: a clean one is made */
  constructor(folder = cleanCopy()) {
    this.folder = folder;
  }

  /** Changes one file. The change has to change something. */
  edit(file: string, change: (text: string) => string): void {
    const at = path.join(this.folder, file);
    const before = readFileSync(at, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`the edit of ${file} changes nothing`);
    writeFileSync(at, after);
  }

  /** Runs a command of the project. `stop` sends a signal as soon as `when` holds. */
  async npm(
    args: readonly string[],
    { env = {}, stop }: { env?: NodeJS.ProcessEnv; stop?: Stop } = {},
  ): Promise<Finished> {
    const child = spawn(process.execPath, ["cli/main.ts", ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        KAFKA_PLATFORM_HOME: path.join(this.folder, ".kafka-platform"),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const watch = setInterval(() => {
      if (stop?.when(stderr) !== true) return;
      clearInterval(watch);
      child.kill(stop.by);
    }, 20);
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.once("close", resolve);
    const code = await promise;
    clearInterval(watch);
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * A new folder, where the copy before it was: Node keeps what it compiles by the place of a file, and a copy
 * in another place takes a second longer for each command.
 */
function freeFolder(): string {
  for (let number = 1; ; number += 1) {
    const folder = path.join(tmpdir(), `kafka-platform-${process.pid}-${number}`);
    try {
      mkdirSync(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/** What git would have in a fresh clone, and what `npm ci` has installed here. */
function cleanCopy(): string {
  const folder = freeFolder();
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", list, { cwd: PROJECT_DIR, encoding: "utf8" }).split("\0");
  for (const file of files.filter((name) => name !== "" && !name.startsWith("tests/"))) {
    // Removed, and not committed yet.
    if (!existsSync(path.join(PROJECT_DIR, file))) continue;
    cpSync(path.join(PROJECT_DIR, file), path.join(folder, file));
  }
  symlinkSync(path.join(PROJECT_DIR, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}
