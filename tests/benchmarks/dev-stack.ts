import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { Checkout } from "../support/project/checkout.ts";

export const docker = (args: readonly string[], input = ""): string =>
  execFileSync("docker", args, { encoding: "utf8", input, stdio: ["pipe", "pipe", "pipe"] });

/** The dev stack under another name, on other ports, in a copy of the project; without Kafka UI. */
export class DevStack {
  readonly checkout = new Checkout();
  /** Its configuration, as the stack file says it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly container: string;

  constructor(name: string, ports: { readonly clientPort: number; readonly metricsPort: number }) {
    const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
    const cluster = { kind: "docker", name, ...ports };
    const ours = {
      "kafka-platform:cluster": cluster,
      "kafka-platform:ui": { enabled: false },
      "kafka-platform:observability": { enabled: false },
    };
    this.config = { ...config, ...ours };
    this.container = `${name}-broker`;
    const file = path.join(this.checkout.folder, "Pulumi.bench.yaml");
    writeFileSync(file, stringify({ config: this.config }));
  }

  /** Runs a command of the project on the stack. @returns what it printed */
  async npm(...args: readonly string[]): Promise<string> {
    const stack = ["--stack", "bench", "--engine", "embedded"];
    const { code, stdout, stderr } = await this.checkout.npm([...args, ...stack]);
    if (code !== 0) throw new Error(`npm run ${args.join(" ")} failed:\n${stderr}`);
    return stdout;
  }

  /** Takes down what is up, and removes the copy. */
  async remove(): Promise<void> {
    await this.npm("destroy", "--yes").finally(() => {
      this.checkout.remove();
    });
  }
}
