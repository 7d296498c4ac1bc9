/** The clients that load a cluster and read back what it has kept: librdkafka's, and Kafka's own. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { setPriority, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type ClientConfig, CONFLUENT_PYTHON } from "../../support/kafka/confluent-client.ts";
import { consoleTool } from "../../support/kafka/kafka-tool.ts";
import type { FoundRecord } from "./accounting.ts";
import { type LoadJournal, parseConsole, parseLoadJournal, parseReadBack } from "./journal.ts";

export interface LoadArgs {
  readonly config: ClientConfig;
  readonly topics: readonly string[];
  readonly producers: number;
  /** Records a second, of all producers together. */
  readonly rate: number;
  /** What `min.insync.replicas` of the topics is. */
  readonly minIsr: number;
}

/** Producers under way. */
export class Load {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #folder: string;
  #stderr = "";

  private constructor(folder: string) {
    this.#folder = folder;
    this.#child = python("load.py");
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    const orphan = () => this.#child.kill("SIGKILL");
    process.once("exit", orphan);
    this.#child.once("exit", () => process.off("exit", orphan));
  }

  /** Returns once every partition of every topic has taken a record. */
  static async start(args: LoadArgs): Promise<Load> {
    const load = new Load(await mkdtemp(path.join(tmpdir(), "load-")));
    load.#child.stdin.write(`${JSON.stringify({ ...args, journal: load.#journal })}\n`);
    await load.#expect("producing");
    return load;
  }

  /** Goes on with another login, or other certificates to trust; returns once nothing is left of the old one. */
  async use(config: ClientConfig): Promise<void> {
    this.#child.stdin.write(`${JSON.stringify({ config })}\n`);
    await this.#expect("switched");
  }

  /** Stops producing, waits for what is under way, and tells what became of every record. */
  async stop(): Promise<LoadJournal> {
    this.#child.stdin.end();
    try {
      await this.#expect("written");
      return parseLoadJournal(await readFile(this.#journal, "utf8"));
    } finally {
      await this.abandon();
    }
  }

  /** Ends the producers where they are; what they did is not told. */
  async abandon(): Promise<void> {
    this.#child.kill("SIGKILL");
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #journal(): string {
    return path.join(this.#folder, "journal");
  }

  async #expect(wanted: string): Promise<void> {
    const line = await this.#lines.next();
    if (line.value === wanted) return;
    throw new Error(`the producers ended before "${wanted}": ${this.#stderr}`);
  }
}

/** Everything that is in the topics, read by librdkafka. */
export async function readBack(
  config: ClientConfig,
  topics: readonly string[],
): Promise<FoundRecord[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "read-back-"));
  try {
    const output = path.join(folder, "records");
    const child = python("read_back.py");
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    child.stdin.end(JSON.stringify({ config, topics, output }));
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.once("close", resolve);
    if ((await promise) !== 0) throw new Error(`reading back failed: ${complaints}`);
    return parseReadBack(await readFile(output, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface ReadArgs {
  readonly topics: readonly string[];
  readonly config: ClientConfig;
  readonly bootstrap: string;
  /** How Kafka's own tools log in: the content of their properties file. */
  readonly properties: string;
}

/** Everything that is in the topics, by librdkafka and by Kafka's console consumer. */
export async function readByBoth(args: ReadArgs): Promise<Record<string, FoundRecord[]>> {
  const found = await readBack(args.config, args.topics);
  const byConsole = await Promise.all(
    args.topics.map((topic) =>
      // As many as the other reader has found. Were one of them another record, one would be missing.
      consoleReadBack(args, topic, found.filter((record) => record.topic === topic).length),
    ),
  );
  return { librdkafka: found, "the console consumer": byConsole.flat() };
}

async function consoleReadBack(
  { bootstrap, properties }: ReadArgs,
  topic: string,
  count: number,
): Promise<FoundRecord[]> {
  if (count === 0) return [];
  const folder = await mkdtemp(path.join(tmpdir(), "console-"));
  try {
    const client = path.join(folder, "client.properties");
    await writeFile(client, properties, { mode: 0o600 });
    const printed = await consoleTool(CONSOLE_CONSUMER, { bootstrap, client }, [
      ...["--topic", topic, "--from-beginning"],
      ...["--max-messages", String(count), "--timeout-ms", String(STILL_MS)],
      ...["--formatter-property", "print.partition=true"],
      ...["--formatter-property", "print.offset=true"],
    ]);
    return parseConsole(printed, topic);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long nothing may come before reading is given up. */
const STILL_MS = 120_000;
const CONSOLE_CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer";

function python(script: string): ChildProcessByStdio<Writable, Readable, Readable> {
  const child = spawn(CONFLUENT_PYTHON, [path.join(import.meta.dirname, script)], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  // What began this process may have a lower one, and latencies would be its own.
  if (child.pid !== undefined && process.getuid?.() === 0) setPriority(child.pid, 0);
  return child;
}
