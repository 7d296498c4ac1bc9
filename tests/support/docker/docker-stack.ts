import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { EngineName } from "../../../cli/engines/engine-choice.ts";
import { PROJECT } from "../../../cli/stack/project.ts";
import { readState, type State } from "../../../engine/index.ts";
import { KafkaAdmin } from "../../../clients/kafka/admin.ts";
import { Checkout, type Finished } from "../project/checkout.ts";
import { removeTaggedImages } from "./tagged-images.ts";
import { kafkaTool } from "../kafka/kafka-tool.ts";

interface Login {
  readonly username: string;
  readonly password: string;
  readonly mechanism: "SCRAM-SHA-512" | "SCRAM-SHA-256";
}

/**
 * The dev stack under another name and on other ports, in a copy of the project: run by its commands on the Docker
 * daemon. By the Pulumi CLI it has a backend of its own, in the copy.
 */
export class DockerStack {
  readonly checkout = new Checkout();
  readonly #stack: string;
  readonly #engine: EngineName;
  readonly #name: string;
  readonly #bootstrap: string;

  constructor(
    stack: string,
    clientPort: number,
    more: Readonly<Record<string, unknown>> = {},
    engine: EngineName = "embedded",
  ) {
    this.#stack = stack;
    this.#engine = engine;
    mkdirSync(this.backend);
    this.#name = `kafka-e2e-${stack}`;
    this.#bootstrap = `127.0.0.1:${clientPort}`;
    const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
    const cluster = { kind: "docker", name: this.#name, clientPort, metricsPort: clientPort + 1 };
    const mine = {
      "kafka-platform:cluster": cluster,
      "kafka-platform:ui": { enabled: false },
      "kafka-platform:observability": { enabled: false },
    };
    const file = path.join(this.checkout.folder, `Pulumi.${stack}.yaml`);
    writeFileSync(file, stringify({ config: { ...config, ...mine, ...more } }));
  }

  /** Where the Pulumi CLI keeps its state. */
  get backend(): string {
    return path.join(this.checkout.folder, ".pulumi-backend");
  }

  /** Runs a command on the stack. */
  run(...args: readonly string[]): Promise<Finished> {
    const env = { PULUMI_BACKEND_URL: `file://${this.backend}` };
    return this.checkout.npm([...args, "--stack", this.#stack, "--engine", this.#engine], { env });
  }

  async #admin(): Promise<Login> {
    const { stdout } = await this.run("outputs", "--show-secrets");
    return (JSON.parse(stdout) as { admin: Login }).admin;
  }

  /** A connection as the admin of the stack. The caller closes it. */
  async admin(): Promise<KafkaAdmin> {
    return KafkaAdmin.connect({
      bootstrapServers: [this.#bootstrap],
      sasl: await this.#admin(),
      deadlineMs: 30_000,
    });
  }

  /** Runs one of Kafka's own tools as the admin of the stack. */
  async tool(mainClass: string, ...args: readonly string[]): Promise<string> {
    const { username, password } = await this.#admin();
    return kafkaTool({ bootstrap: this.#bootstrap, username, password }, mainClass, args);
  }

  /** What the engine has recorded. */
  state(): Promise<State> {
    const { folder } = this.checkout;
    const stateDir = path.join(folder, ".kafka-platform");
    const value = readFileSync(path.join(stateDir, "passphrase"), "utf8").trim();
    const passphrase = { value, source: "the stack's own file" };
    const target = { projectDir: folder, project: PROJECT, stack: this.#stack };
    return readState({ ...target, stateDir, passphrase });
  }

  /** Takes everything away, whatever the tests have left. */
  async remove(): Promise<void> {
    await this.run("destroy", "--yes");
    removeTaggedImages(`${this.#name}/*`);
    this.checkout.remove();
  }
}
