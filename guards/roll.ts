import type { BrokerHealth } from "./broker-health.ts";
import { judgeRoll, type RollVerdict } from "./roll-gate.ts";

/** What is asked and done before a restart of all brokers. */
export interface RollActions {
  readonly health: () => Promise<readonly BrokerHealth[]>;
  /** What Kubernetes has still to do with the brokers' pods; undefined when nothing. */
  readonly pending: () => Promise<string | undefined>;
  /** Takes a pod away; Kubernetes makes it anew. */
  readonly restart: (pod: string) => Promise<void>;
  readonly say: (message: string) => Promise<void>;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** `kubectl` with the context and the namespace, for the commands that help. */
  readonly kubectl: string;
}

const ASK_EVERY_MS = 5_000;
/** For what may pass by itself: an earlier restart that is still under way, replicas that catch up. */
const PASSING_MS = 120_000;
/** For a sick broker that was restarted alone, and for all that passes one after the other. */
const LONGEST_MS = 600_000;

/**
 * Returns once the brokers may be restarted one by one. What may pass by itself is waited for, and so
 * is an earlier restart that goes on: Kubernetes would begin the new one with the first pod while it
 * takes away another for the old one. A sick broker that would not be the first of them is restarted
 * alone before: whatever the update has put right of its configuration is in place already, and the
 * others must not be touched while it is down.
 *
 * @throws Error with what is wrong and what to do, when the cluster stays degraded
 */
export async function prepareRoll(actions: RollActions): Promise<void> {
  const verdict = await settled(actions, PASSING_MS);
  if (verdict.allowed) return noted(verdict, actions);
  if (verdict.cure === undefined) throw refusal(verdict.reason);
  await actions.say(`${verdict.cure} is sick: it is restarted alone, before the others.`);
  await actions.restart(verdict.cure);
  const after = await settled(actions, LONGEST_MS);
  if (!after.allowed) throw refusal(`after a restart of ${verdict.cure} alone ${after.reason}`);
  await noted(after, actions);
}

async function noted({ note }: { readonly note?: string }, { say }: RollActions): Promise<void> {
  if (note !== undefined) await say(note);
}

const refusal = (reason: string): Error => new Error(`The brokers are not restarted: ${reason}`);

/**
 * The verdict as soon as it allows the restart, else the last one. Patience begins anew whenever other
 * brokers are sick than before, or Kubernetes has got on, as in a roll that goes on, up to the longest.
 */
async function settled(actions: RollActions, patienceMs: number): Promise<RollVerdict> {
  let before: string | undefined;
  let patience = patienceMs;
  for (let waited = 0; ; waited += ASK_EVERY_MS) {
    const { verdict, missing } = await look(actions);
    if (missing === undefined) return verdict;
    if (before === undefined) {
      await actions.say("Waiting until every broker is well, before they are restarted.");
    } else if (before !== missing) patience = patienceMs;
    before = missing;
    if (patience <= 0 || waited >= LONGEST_MS) return verdict;
    patience -= ASK_EVERY_MS;
    await actions.wait(ASK_EVERY_MS);
  }
}

/** The verdict of this moment, and what is still to be waited for: other words when it has changed. */
async function look({
  health,
  pending,
  kubectl,
}: RollActions): Promise<{ verdict: RollVerdict; missing: string | undefined }> {
  const brokers = await health();
  const verdict = judgeRoll(brokers, kubectl);
  if (!verdict.allowed) {
    const sick = brokers.flatMap((broker) => (broker.sick === undefined ? [] : broker.pod));
    return { verdict, missing: sick.join() };
  }
  // The first pod's sickness, or the lack of a majority, is nothing that Kubernetes would mend.
  const missing = verdict.note === undefined ? await pending() : undefined;
  if (missing === undefined) return { verdict, missing };
  // Not refused in the end: what keeps Kubernetes waiting may be what this update puts right.
  const note = `every broker is well, but ${missing}: the restart begins all the same.`;
  return { verdict: { allowed: true, note }, missing };
}
