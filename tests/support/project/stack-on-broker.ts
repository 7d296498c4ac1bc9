import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Login, RunningBroker } from "../kafka/running-broker.ts";
import { fakePulumi } from "../pulumi/fake-pulumi.ts";

const STACK_FILE = `config:
  kafka-platform:environment: dev
  kafka-platform:protection: false
  kafka-platform:cluster: { kind: docker }
`;

export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stack that is up on a broker, and commands on it, each a process of its own. */
export class StackOnBroker {
  readonly home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  readonly #file = path.join(this.home, "Pulumi.dev.yaml");

  constructor(broker: RunningBroker, accounts: Readonly<Record<string, Login>> = {}) {
    fakePulumi(this.home, {
      ...{ bootstrapServers: broker.bootstrapServer, tlsEnabled: false, caCertificate: null },
      admin: { ...broker.admin, mechanism: "SCRAM-SHA-512" },
      accounts: Object.fromEntries(
        Object.entries(accounts).map(([name, login]) => [
          name,
          { mechanism: "SCRAM-SHA-512", ...login },
        ]),
      ),
    });
    writeFileSync(this.#file, STACK_FILE);
  }

  async run(args: readonly string[], how: How = {}): Promise<Ended> {
    const { preload, environment = {}, input } = how;
    const node = preload === undefined ? [] : ["--import", preload];
    const [command = "", ...rest] = args;
    const child = spawn(
      process.execPath,
      [...node, "cli/main.ts", command, "--config-file", this.#file, ...rest],
      {
        env: {
          ...{
            PATH: `${path.join(this.home, "bin")}:/usr/bin:/bin`,
            KAFKA_PLATFORM_HOME: this.home,
          },
          ...environment,
        },
      },
    );
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.end(input ?? "");
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.once("close", resolve);
    const status = await promise;
    return { status, stdout, stderr };
  }

  /** Files with old positions, the newest last. */
  undoFiles(): string[] {
    const folder = path.join(this.home, "dev", "offsets");
    try {
      return readdirSync(folder)
        .toSorted()
        .map((name) => path.join(folder, name));
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

interface How {
  /** A module that is loaded before the command. */
  readonly preload?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
}
