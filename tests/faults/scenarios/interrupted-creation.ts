import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import type { PlatformStack } from "../../kubernetes/support/platform-stack.ts";
import type { Finished } from "../../support/project/checkout.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import type { Scenario } from "../scenario.ts";

const LOOK_EVERY_MS = 1000;

/** A Service whose creation was cut off leaves its port reserved, and Kubernetes looks for such every few minutes. */
const PORT_RESERVED = "a run that was killed has left it reserved";
const FREE_WITHIN_MS = 900_000;
const TRY_EVERY_MS = 20_000;

/** Runs again for as long as a port is reserved for nobody. */
async function oncePortsAreFree(run: () => Promise<Finished>): Promise<Finished> {
  const deadline = Date.now() + FREE_WITHIN_MS;
  for (;;) {
    const finished = await run();
    if (!finished.stderr.includes(PORT_RESERVED) || Date.now() > deadline) return finished;
    await sleep(TRY_EVERY_MS);
  }
}

/** Moments of the first `up`, told by what it has said so far, or by what there is. */
const MOMENTS: readonly {
  readonly what: string;
  readonly said?: RegExp;
  readonly seen?: (stack: PlatformStack) => Promise<boolean>;
}[] = [
  { what: "the namespace has just been made", said: /\+ kubernetes:Namespace / },
  { what: "one of the Services has just been made", said: /\+ kubernetes:Service / },
  {
    what: "the brokers start",
    seen: async (stack) => (await stack.kubectl("get", "pods", "--output", "name")) !== "",
  },
  { what: "one of the topics has just been made", said: /\+ kafka:Topic / },
  { what: "one of the accounts has just been made", said: /\+ kafka:UserScramCredential / },
];

async function killed(
  stack: PlatformStack,
  { what, said, seen }: (typeof MOMENTS)[number],
): Promise<void> {
  const now = { seen: false };
  const watch = seen && setInterval(() => void look(), LOOK_EVERY_MS);
  const look = async () => {
    if (await seen?.(stack).catch(() => false)) now.seen = true;
  };
  const when = (text: string) => now.seen || said?.test(text) === true;
  const { code, stderr } = await oncePortsAreFree(() => stack.runKilled(when, "start"));
  clearInterval(watch);
  assert.equal(code, null, `it ended by itself before ${what}:\n${stderr}`);
}

async function begin(cluster: ClusterUnderTest, image?: string): Promise<void> {
  const { stack } = cluster;
  await cluster.prepare(image);
  for (const moment of MOMENTS) await killed(stack, moment);
  const { code, stderr } = await oncePortsAreFree(() => stack.run("start"));
  assert.equal(code, 0, `the repetition fails:\n${stderr}`);
  // What is in Kafka and declared nowhere would be told here, by another exit code.
  await stack.succeed("prune");
}

/** Nothing may be lost of what a killed run had made, nor may anything of it be there twice. */
export const interruptedCreation: Scenario = {
  name: "interrupted-creation",
  title: `the first \`up\` of a stack killed ${String(MOMENTS.length)} times on its way, and repeated`,
  kind: "planned",
  begin,
  async run(cluster) {
    const { stack } = cluster;
    const pods = await cluster.podIds();
    await stack.succeed("refresh");
    const { stderr } = await stack.succeed("start");
    assert.match(
      stderr,
      /: succeeded, \d+ unchanged/,
      "a run after the repetition changes something",
    );
    assert.deepEqual(await cluster.podIds(), pods, "a run after the repetition restarts brokers");
    await cluster.everybodyLogsIn();
    return [];
  },
};
