import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const CACHE = path.resolve(import.meta.dirname, "../../.kafka-platform/cache");
const VERSION = "2.16.1";
const VENV = path.join(CACHE, `confluent-kafka-${VERSION}`);
const PYTHON = path.join(VENV, "bin", "python");

/** librdkafka, in a Python environment of its own: a client that nobody here wrote. */
export function installConfluentClient(): void {
  if (existsSync(path.join(VENV, "ready"))) return;
  execFileSync("python3", ["-m", "venv", "--clear", VENV], { stdio: "pipe" });
  execFileSync(PYTHON, ["-m", "pip", "install", "-q", `confluent-kafka==${VERSION}`], {
    stdio: "pipe",
  });
  execFileSync("touch", [path.join(VENV, "ready")]);
}

export type ClientConfig = Readonly<Record<string, string>>;

/** librdkafka's configuration for an account. */
export const scramConfig = (
  bootstrap: string,
  username: string,
  password: string,
  mechanism = "SCRAM-SHA-512",
): ClientConfig => ({
  "bootstrap.servers": bootstrap,
  "security.protocol": "SASL_PLAINTEXT",
  "sasl.mechanisms": mechanism,
  "sasl.username": username,
  "sasl.password": password,
});

type Request =
  | { action: "produce"; config: ClientConfig; topic: string; records: readonly string[] }
  | { action: "consume"; config: ClientConfig; topic: string; group: string; count: number }
  | { action: "count"; config: ClientConfig; topic: string; group: string };

export interface Answer {
  readonly produced?: number;
  readonly values?: readonly string[];
  readonly count?: number;
  /** librdkafka's name of what went wrong, such as TOPIC_AUTHORIZATION_FAILED. */
  readonly error?: string;
  /** What its background threads reported, such as _AUTHENTICATION. */
  readonly events?: readonly string[];
}

/** The password goes in by standard input, never on a command line. */
export async function confluent(request: Request): Promise<Answer> {
  const child = spawn(PYTHON, [path.join(import.meta.dirname, "confluent_client.py")], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(JSON.stringify(request));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  const code = await promise;
  if (code !== 0) throw new Error(`the client crashed: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}
