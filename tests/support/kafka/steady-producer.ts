import { type ChildProcessByStdio, spawn } from "node:child_process";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type ClientConfig, CONFLUENT_PYTHON } from "./confluent-client.ts";

/** What came of the records. */
export interface Production {
  readonly sent: number;
  readonly acknowledged: number;
  /** librdkafka's names of what went wrong, one for each record that was given up. */
  readonly failures: readonly string[];
  /** The longest time from handing a record over to its acknowledgement. */
  readonly slowestSeconds: number;
}

/** librdkafka's idempotent producer, one request under way, with its own retries; the values are 0, 1, 2, … */
export class SteadyProducer {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #stderr = "";

  private constructor(request: object) {
    const script = path.join(import.meta.dirname, "steady_producer.py");
    this.#child = spawn(CONFLUENT_PYTHON, [script], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** Returns once the first record is acknowledged. @param rate records a second */
  static async start(config: ClientConfig, topic: string, rate: number): Promise<SteadyProducer> {
    const producer = new SteadyProducer({ config, topic, rate });
    await producer.#line();
    return producer;
  }

  /** Stops producing, waits for what is under way, and tells. */
  async stop(): Promise<Production> {
    this.#child.stdin.end();
    return JSON.parse(await this.#line()) as Production;
  }

  async #line(): Promise<string> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`the producer crashed: ${this.#stderr}`);
    return line.value;
  }
}
