import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { JarBroker } from "../support/kafka/jar-broker.ts";
import { type PeakMemory, watchMemory } from "./process-memory.ts";
import type { Report } from "./programs/up-process.ts";

const PROJECT = "benchmark";
const PROGRAMS = path.join(import.meta.dirname, "programs");

export interface Measured {
  readonly seconds: number;
  readonly memory: PeakMemory;
}

/** A stack of numbered topics and ACLs on a broker, run by the embedded engine. */
export class NumberedStack {
  readonly #broker: JarBroker;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "numbered-stack-"));

  constructor(broker: JarBroker) {
    this.#broker = broker;
    const main = path.relative(this.#folder, path.join(PROGRAMS, "objects.ts"));
    const text = JSON.stringify({ type: "module", main });
    writeFileSync(path.join(this.#folder, "package.json"), text);
  }

  /** Brings the stack to these many objects, from the start of Node to its end. */
  async up(objects: { readonly topics: number; readonly acls: number }): Promise<Measured> {
    const { username, password } = this.#broker.admin;
    const said = { server: this.#broker.bootstrapServer, username, password, ...objects };
    const values = Object.entries(said).map(([key, value]) => [`${PROJECT}:${key}`, String(value)]);
    const since = performance.now();
    const engine = fork(path.join(PROGRAMS, "up-process.ts"), { stdio: "ignore" });
    const memory = watchMemory(engine.pid ?? 0);
    engine.send({
      target: {
        projectDir: this.#folder,
        project: PROJECT,
        stack: "numbered",
        stateDir: path.join(this.#folder, "state"),
        passphrase: { value: "correct horse", source: "the benchmark" },
      },
      config: {
        values: Object.fromEntries(values) as Record<string, string>,
        secretKeys: [`${PROJECT}:password`],
      },
    });
    const ended = once(engine, "exit");
    const [report] = (await Promise.race([once(engine, "message"), ended])) as [Report | number];
    await ended;
    const measured = { seconds: (performance.now() - since) / 1000, memory: memory() };
    if (typeof report !== "object") throw new Error(`the engine ended with ${String(report)}`);
    if (report.failures.length > 0) throw new Error(JSON.stringify(report.failures.slice(0, 3)));
    return measured;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
