import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compileGrants } from "../../../model/access/compile-grants.ts";
import { OPERATOR_ACCOUNT } from "../../../model/credentials/platform-accounts.ts";
import { OWN_ACCOUNTS } from "../../../model/stack/own-accounts.ts";
import { toBinding } from "../../../cli/cleanup/kafka-identities.ts";
import { fakePulumi } from "../../support/pulumi/fake-pulumi.ts";
import { adminOf, told } from "../../support/kafka/kafka-clients.ts";
import type { Login, RunningBroker } from "../../support/kafka/running-broker.ts";

export const OPERATOR: Login = { username: OPERATOR_ACCOUNT, password: "operators-secret" };

const STACK_FILE = `config:
  kafka-platform:environment: dev
  kafka-platform:protection: false
  kafka-platform:cluster: { kind: docker }
`;

/** A stack that is up on brokers of a test, and the command line that is run on it. */
export class OperatedStack {
  readonly #home = mkdtempSync(path.join(tmpdir(), "kafka-platform-"));
  readonly #file = path.join(this.#home, "Pulumi.dev.yaml");

  /** @param more outputs beside those, or instead of them */
  constructor(brokers: readonly RunningBroker[], more: Readonly<Record<string, unknown>> = {}) {
    const mechanism = "SCRAM-SHA-512";
    const [first] = brokers;
    fakePulumi(this.#home, {
      bootstrapServers: brokers.map(({ bootstrapServer }) => bootstrapServer).join(","),
      ...{ tlsEnabled: false, caCertificate: null },
      admin: { ...first?.admin, mechanism },
      operator: { ...OPERATOR, mechanism },
      ...more,
    });
    writeFileSync(this.#file, STACK_FILE);
  }

  /** Runs `kafka-platform` with these arguments. */
  async run(command: string, ...args: readonly string[]) {
    const started = performance.now();
    const child = spawn(
      process.execPath,
      ["cli/main.ts", command, "--config-file", this.#file, ...args],
      {
        env: {
          PATH: `${path.join(this.#home, "bin")}:/usr/bin:/bin`,
          KAFKA_PLATFORM_HOME: this.#home,
        },
      },
    );
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    const [firstLine = ""] = stdout.split("\n");
    return { status, stdout, stderr, firstLine, ms: performance.now() - started };
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** Makes the account that commands look with, with the rights that it is declared with. */
export async function makeOperator(broker: RunningBroker): Promise<void> {
  const admin = await adminOf(broker);
  const grants = OWN_ACCOUNTS[OPERATOR_ACCOUNT]?.grants ?? {};
  const acls = compileGrants({ username: OPERATOR_ACCOUNT, grants }).map(({ entry }) =>
    toBinding(entry),
  );
  const credential = { ...OPERATOR, mechanism: "SCRAM-SHA-512" as const, iterations: 4096 };
  const outcomes = [
    ...(await admin.upsertScramCredentials([credential])),
    ...(await admin.createAcls(acls)),
  ];
  await admin.close();
  const failed = told(outcomes).filter((outcome) => outcome !== "ok");
  if (failed.length > 0) throw new Error(failed.join("\n"));
}
