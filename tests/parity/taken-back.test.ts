/**
 * The trap of a state that is believed: a roll that stopped half-way and is taken back stays in the cluster, while the
 * Pulumi CLI compares what is declared with what it has recorded. `kafka-platform pulumi up` looks first.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { brokerRevisions } from "../kubernetes/support/brokers.ts";
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

/** Runs the Pulumi CLI as the project does; Ctrl-C as soon as `stop` holds. */
function pulumi(
  on: PlatformStack,
  args: readonly string[],
  stop?: () => Promise<boolean>,
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
  const heard = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  const interrupt = async (): Promise<void> => {
    while (child.exitCode === null && !(await stop?.())) await sleep(500);
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGINT");
  };
  if (stop) void interrupt();
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("close", resolve);
  return promise.then((code) => ({ code, said }));
}

/** @returns the stack; skips where there is no CLI */
function underTest(skip: (condition: boolean, note?: string) => void): PlatformStack {
  const reason = inject("withoutPulumi");
  skip(reason !== "", reason);
  if (!stack) throw new Error("there is no stack");
  return stack;
}

const up = [...UP, "--stack", NAME];

test(
  "a roll that was interrupted and is taken back is so in the cluster",
  NEVER,
  async (context) => {
    const on = underTest(context.skip);
    const first = await pulumi(on, up);
    expect(first.code, first.said).toBe(0);
    const before = await brokerRevisions(on);
    expect(before).toHaveLength(1);

    on.set("cpu", "110m");
    const begun = async () =>
      (await brokerRevisions(on)).some((revision) => !before.includes(revision));
    const interrupted = await pulumi(on, up, begun);
    expect(interrupted.code).not.toBe(0);
    expect(await begun()).toBe(true);

    on.set("cpu", "100m");
    const taken = await pulumi(on, up);
    expect(taken.code, taken.said).toBe(0);
    expect(await brokerRevisions(on)).toEqual(before);
    const again = await pulumi(on, [...up, "--expect-no-changes"]);
    expect(again.code, again.said).toBe(0);
  },
);

test(
  "a run whose brokers can never start is ended, says why, and is taken back",
  NEVER,
  async (context) => {
    const on = underTest(context.skip);
    const before = await brokerRevisions(on);
    const began = Date.now();
    on.set("image", `127.0.0.1:1/nowhere/broker@sha256:${"0".repeat(64)}`);
    const hopeless = await pulumi(on, up);
    expect(hopeless.code).not.toBe(0);
    expect(hopeless.said).toMatch(
      /error: kafka-2: container broker: (ErrImagePull|ImagePullBackOff)/,
    );
    // Its own patience is the time that a roll of all brokers may take: an hour and a half.
    expect(Date.now() - began).toBeLessThan(300_000);

    on.set("image", on.imageReference);
    const taken = await pulumi(on, up);
    expect(taken.code, taken.said).toBe(0);
    expect(await brokerRevisions(on)).toEqual(before);
  },
);
