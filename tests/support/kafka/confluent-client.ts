import { spawn } from "node:child_process";
import path from "node:path";
import { pythonEnvironment } from "./python-environment.ts";

const ENVIRONMENT = pythonEnvironment("confluent-kafka", "2.16.1");

/** librdkafka, in a Python environment of its own: a client that nobody here wrote. */
export const installConfluentClient = (): void => ENVIRONMENT.install();

/** The interpreter that has it. */
export const CONFLUENT_PYTHON = ENVIRONMENT.program("python");

export type ClientConfig = Readonly<Record<string, string>>;

/**
 * librdkafka's configuration for an account.
 *
 * @param ca certificates to trust, in PEM. Default: no TLS.
 */
export const scramConfig = (
  bootstrap: string,
  username: string,
  password: string,
  mechanism: "SCRAM-SHA-512" | "SCRAM-SHA-256" = "SCRAM-SHA-512",
  ca?: string,
): ClientConfig => ({
  "bootstrap.servers": bootstrap,
  ...(ca === undefined
    ? { "security.protocol": "SASL_PLAINTEXT" }
    : { "security.protocol": "SASL_SSL", "ssl.ca.pem": ca }),
  "sasl.mechanisms": mechanism,
  "sasl.username": username,
  "sasl.password": password,
});

type Request =
  | { action: "produce"; config: ClientConfig; topic: string; records: readonly string[] }
  | { action: "spread"; config: ClientConfig; topic: string }
  | { action: "consume"; config: ClientConfig; topic: string; group: string; count: number }
  | { action: "count"; config: ClientConfig; topic: string; group: string }
  | { action: "accept"; config: ClientConfig };

export interface Answer {
  readonly produced?: number;
  /** For each partition of a topic, the address of the leader that has just taken a record. */
  readonly leaders?: readonly string[];
  readonly values?: readonly string[];
  /** The partition that each of the values was read from. */
  readonly partitions?: readonly number[];
  readonly count?: number;
  /** librdkafka's name of what went wrong, such as TOPIC_AUTHORIZATION_FAILED. */
  readonly error?: string;
  /** What its background threads reported, such as _AUTHENTICATION. */
  readonly events?: readonly string[];
}

/**
 * Produces, consumes or counts; `spread` produces one record to each partition, and `accept` only reads
 * the configuration.
 */
export const confluent = async (request: Request): Promise<Answer> =>
  (await runScript("confluent_client.py", request)) as Answer;

/** An account and what it is declared to do, every name in full. */
export interface AccountWork {
  readonly config: ClientConfig;
  readonly produces: readonly string[];
  readonly transactionalIds: readonly string[];
  readonly consumes: readonly { readonly topics: readonly string[]; readonly group: string }[];
}

/** Does the work of all accounts, in one process; for each, what failed. */
export const confluentWork = async (accounts: readonly AccountWork[]): Promise<string[][]> =>
  (await runScript("../access/access_client.py", accounts)) as string[][];

/** The password goes in by standard input, never on a command line. */
async function runScript(script: string, request: unknown): Promise<unknown> {
  const child = spawn(CONFLUENT_PYTHON, [path.join(import.meta.dirname, script)], {
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
  return JSON.parse(stdout) as unknown;
}
