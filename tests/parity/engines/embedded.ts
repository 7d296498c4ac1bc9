import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { EmbeddedRequest } from "./embedded-run.ts";
import type { Engine, Plan, RecordedState, StackPlace } from "./engine.ts";

const SCRIPT = path.join(import.meta.dirname, "embedded-run.ts");

/** The embedded engine, each operation in a process of its own. */
export class EmbeddedEngine implements Engine {
  readonly name = "embedded";
  readonly #place: StackPlace;

  constructor(place: StackPlace) {
    this.#place = place;
  }

  preview = () => this.#run("preview") as Promise<Plan>;

  async up(): Promise<void> {
    await this.#run("up");
  }

  async refresh(): Promise<void> {
    await this.#run("refresh");
  }

  async destroy(): Promise<void> {
    await this.#run("destroy");
  }

  state = () => this.#run("state") as Promise<RecordedState>;

  outputs = () => this.#run("outputs");

  async #run(operation: EmbeddedRequest["operation"]): Promise<unknown> {
    const place = this.#place;
    const child = spawn(process.execPath, [SCRIPT], { cwd: place.folder, stdio: "pipe" });
    child.stdin.end(JSON.stringify({ operation, place } satisfies EmbeddedRequest));
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (code === 0) return JSON.parse(stdout) as unknown;
    throw new Error(`${operation} on the embedded engine ended with ${String(code)}:\n${stderr}`);
  }
}
