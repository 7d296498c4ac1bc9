import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterUnderTest } from "./cluster.ts";
import { until } from "./health.ts";

const WITHIN_MS = 300_000;
/** By then it has read its state, and asks whether all is well. */
const BEGUN_MS = 5000;

/** A moment of an `up` that restarts the brokers, and the way in which it is ended there. */
export interface Moment {
  readonly what: string;
  readonly by: NodeJS.Signals;
  /** How many pods must be others than before. */
  readonly restarted: number;
}

/** Begins an `up` and ends it at that moment. */
export async function interruptedRoll(
  cluster: ClusterUnderTest,
  { what, by, restarted }: Moment,
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
