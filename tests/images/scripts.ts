/** Runs the broker image's scripts where they lie: nothing in them needs the image. */
import { spawn } from "node:child_process";
import path from "node:path";

export const SCRIPTS = path.join(import.meta.dirname, "../../images/kafka");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Starts bash with this environment and nothing else of ours. */
export function bash(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn("bash", args, {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const began = performance.now();
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const { promise: done, resolve, reject } = Promise.withResolvers<Ran>();
  child.on("error", reject).on("close", (code) => {
    const seconds = (performance.now() - began) / 1000;
    resolve({ code, stdout: stdout.trim(), stderr: stderr.trim(), seconds });
  });
  return { child, done, said: () => stdout };
}
