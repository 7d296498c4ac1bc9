import { setTimeout as sleep } from "node:timers/promises";
import type { BrokerHealth } from "./broker-health.ts";
import { judgeRoll, type RollVerdict } from "./roll-gate.ts";

/** What is asked and done before a restart of all brokers. */
export interface RollActions {
  readonly health: () => Promise<readonly BrokerHealth[]>;
  /** Takes a pod away; Kubernetes makes it anew. */
  readonly restart: (pod: string) => Promise<void>;
  readonly say: (message: string) => Promise<void>;
  /** `kubectl` with the context and the namespace, for the commands that help. */
  readonly kubectl: string;
}

/** Milliseconds. */
export interface RollPatience {
  /** For what may pass by itself: an earlier restart that is still under way, replicas that catch up. */
  readonly passing: number;
  /** For a sick broker that was restarted alone. */
  readonly cure: number;
  readonly askEvery: number;
}

const PATIENCE: RollPatience = { passing: 120_000, cure: 600_000, askEvery: 5_000 };

/**
 * Returns once the brokers may be restarted one by one. What may pass by itself is waited for. A sick
 * broker that would not be the first of them is restarted alone before: whatever the update has put
 * right of its configuration is in place already, and the others must not be touched while it is down.
 *
 * @throws Error with what is wrong and what to do, when the cluster stays degraded
 */
export async function prepareRoll(
  actions: RollActions,
  patience: RollPatience = PATIENCE,
): Promise<void> {
  const verdict = await settled(actions, patience.passing, patience.askEvery);
  if (verdict.allowed) {
    if (verdict.note !== undefined) await actions.say(verdict.note);
    return;
  }
  if (verdict.cure === undefined) throw refusal(verdict.reason);
  await actions.say(`${verdict.cure} is sick: it is restarted alone, before the others.`);
  await actions.restart(verdict.cure);
  const after = await settled(actions, patience.cure, patience.askEvery);
  if (!after.allowed) throw refusal(`after a restart of ${verdict.cure} alone ${after.reason}`);
}

const refusal = (reason: string): Error => new Error(`The brokers are not restarted: ${reason}`);

/** The verdict as soon as it allows the restart, else the last one. */
async function settled(
  { health, say, kubectl }: RollActions,
  withinMs: number,
  askEveryMs: number,
): Promise<RollVerdict> {
  const deadline = Date.now() + withinMs;
  let told = false;
  for (;;) {
    const verdict = judgeRoll(await health(), kubectl);
    if (verdict.allowed || Date.now() >= deadline) return verdict;
    if (!told) await say("Waiting until every broker is well, before they are restarted.");
    told = true;
    await sleep(askEveryMs);
  }
}
