import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** The text of a java `@argfile`: one quoted argument a line. */
export function javaArguments(args: readonly string[]): string {
  return args.map((arg) => `"${arg.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"\n`).join("");
}

/** Runs java to its end and returns what it printed; fails with the last lines of its error output. */
export async function runJava(args: readonly string[], input = ""): Promise<string> {
  const java = spawn("java", args, { stdio: ["pipe", "pipe", "pipe"] });
  const printed: Buffer[] = [];
  const complaints: Buffer[] = [];
  java.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
  java.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // A tool that stops reading early closes the pipe; its exit code tells the rest.
  java.stdin.on("error", () => undefined);
  java.stdin.end(input);
  await once(java, "close");
  const output = Buffer.concat(printed).toString();
  if (java.exitCode === 0) return output;
  const reason = Buffer.concat(complaints).toString() + output;
  throw new Error(`java ended with exit code ${java.exitCode ?? "none"}: ${reason.slice(-2000)}`);
}

export async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
