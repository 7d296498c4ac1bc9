import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { changedProperty } from "../changed-property.ts";
import type { ClusterUnderTest } from "../cluster.ts";
import { until } from "../health.ts";
import type { Scenario } from "../scenario.ts";

const WITHIN_MS = 300_000;
/** By then it has read its state, and asks whether all is well. */
const BEGUN_MS = 5000;

/** Moments of an `up` that restarts the brokers, the way in which it is ended there, and when that is. */
const MOMENTS: readonly {
  readonly what: string;
  readonly by: NodeJS.Signals;
  /** How many pods must be others than before. */
  readonly restarted: number;
}[] = [
  { what: "before the first broker is restarted", by: "SIGKILL", restarted: 0 },
  { what: "while the first broker restarts", by: "SIGINT", restarted: 1 },
  { what: "while the second broker restarts", by: "SIGKILL", restarted: 2 },
];

async function interrupted(
  cluster: ClusterUnderTest,
  { what, by, restarted }: (typeof MOMENTS)[number],
): Promise<void> {
  const { stack } = cluster;
  const before = await cluster.podIds();
  const up = stack.beginRun("start");
  const finished = { yet: false };
  const mark = () => (finished.yet = true);
  up.done.then(mark, mark);
  if (restarted === 0) await sleep(BEGUN_MS);
  await until(async () => {
    if (finished.yet || restarted === 0) return undefined;
    const gone =
      before.length - (await cluster.podIds()).filter((id) => before.includes(id)).length;
    return gone >= restarted ? undefined : `not ${what}`;
  }, WITHIN_MS);
  assert.equal(finished.yet, false, `the run ended by itself ${what}`);
  up.interrupt(by);
  assert.notEqual((await up.done).code, 0, `ended ${what}, it claims to have succeeded`);
}

/** Every repetition goes on where the last one was ended, waiting for what is still restarting. */
export const interruptedUp: Scenario = {
  name: "interrupted-up",
  title:
    "`up` ended three times (SIGKILL, Ctrl-C, SIGKILL) while it restarts the brokers, and repeated",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    for (const moment of MOMENTS) {
      changedProperty(cluster);
      await interrupted(cluster, moment);
    }
    await stack.succeed("start");
    await cluster.healthy();
    const { stderr } = await stack.succeed("start");
    assert.match(
      stderr,
      /: succeeded, \d+ unchanged/,
      "a run after the repetition changes something",
    );
    return [];
  },
};
