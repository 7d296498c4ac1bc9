/**
 * The trap of a state that is believed: a roll that stopped half-way and is taken back stays in the cluster, while the
 * Pulumi CLI compares what is declared with what it has recorded. `kafka-platform pulumi up` looks first.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { testCluster } from "../kubernetes/support/lab.ts";
import { PASSPHRASE, PlatformStack } from "../kubernetes/support/platform-stack.ts";

const NAME = "kafka-taken-back";
const NEVER = { timeout: 1_800_000 };
const UP = ["up", "--yes", "--skip-preview", "--non-interactive"];

let stack: PlatformStack | undefined;
let takeDown: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (inject("withoutPulumi") !== "") return;
  const made = await testCluster();
  takeDown = made.takeDown;
  stack = new PlatformStack({ cluster: made.cluster, name: NAME, port: 30_392 });
  await stack.begin();
  mkdirSync(backendOf(stack));
  // The CLI would write the file anew.
  const file = path.join(stack.checkout.folder, `Pulumi.${NAME}.yaml`);
  const content = readFileSync(file);
  expect((await pulumi(stack, ["stack", "init", NAME, "--no-select"])).code).toBe(0);
  writeFileSync(file, content);
});

afterAll(async () => {
  if (stack) await pulumi(stack, ["destroy", "--yes", "--skip-preview", "--stack", NAME]);
  await stack?.end();
  await takeDown?.();
});

const backendOf = ({ checkout }: PlatformStack): string =>
  path.join(checkout.folder, ".pulumi-backend");

/** Runs the Pulumi CLI as the project does; Ctrl-C as soon as `stop` holds of what it has said. */
function pulumi(
  on: PlatformStack,
  args: readonly string[],
  stop: (said: string) => boolean = () => false,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, ["cli/main.ts", "pulumi", ...args], {
    cwd: on.checkout.folder,
    env: {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${backendOf(on)}`,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    // A group of its own: Ctrl-C reaches all of it.
    detached: true,
  });
  let said = "";
  let stopped = false;
  const heard = (chunk: Buffer): void => {
    said += chunk.toString();
    if (stopped || !stop(said)) return;
    stopped = true;
    process.kill(-(child.pid ?? 0), "SIGINT");
  };
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  return promise.then((code) => ({ code, said }));
}

/** Which revisions the brokers' pods are of. */
async function revisions(on: PlatformStack): Promise<string[]> {
  const pods = ["get", "pods", "--selector", "app.kubernetes.io/component=broker", "--output"];
  const hash = "jsonpath={.items[*].metadata.labels.controller-revision-hash}";
  return [...new Set((await on.kubectl(...pods, hash)).split(" "))];
}

test(
  "a roll that was interrupted and is taken back is taken back in the cluster, too",
  NEVER,
  async ({ skip }) => {
    const reason = inject("withoutPulumi");
    skip(reason !== "", reason);
    if (!stack) throw new Error("there is no stack");
    const up = [...UP, "--stack", NAME];
    const first = await pulumi(stack, up);
    expect(first.code, first.said).toBe(0);
    const before = await revisions(stack);
    expect(before).toHaveLength(1);

    stack.set("cpu", "110m");
    const begun = (said: string): boolean => /StatefulSet.*updating/.test(said);
    const interrupted = await pulumi(stack, up, begun);
    expect(interrupted.code).not.toBe(0);
    await expect
      .poll(() => revisions(stack as PlatformStack), { timeout: 120_000 })
      .not.toEqual(before);

    stack.set("cpu", "100m");
    const taken = await pulumi(stack, up);
    expect(taken.code, taken.said).toBe(0);
    expect(await revisions(stack)).toEqual(before);
    const again = await pulumi(stack, [...up, "--expect-no-changes"]);
    expect(again.code, again.said).toBe(0);
  },
);
