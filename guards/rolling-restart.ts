import type { BrokerHealth } from "./broker-health.ts";
import { restartPermission, type RestartPermission } from "./restart-permission.ts";

/** What is asked and done before a restart of all brokers. */
export interface RollingRestartActions {
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
export async function prepareRollingRestart(actions: RollingRestartActions): Promise<void> {
  const permission = await awaitPermission(actions, PASSING_MS);
  if (permission.allowed) return noted(permission, actions);
  if (permission.cure === undefined) throw refusal(permission.reason);
  await actions.say(`${permission.cure} is sick: it is restarted alone, before the others.`);
  await actions.restart(permission.cure);
  const after = await awaitPermission(actions, LONGEST_MS);
  if (!after.allowed) throw refusal(`after a restart of ${permission.cure} alone ${after.reason}`);
  await noted(after, actions);
}

async function noted(
  { note }: { readonly note?: string },
  { say }: RollingRestartActions,
): Promise<void> {
  if (note !== undefined) await say(note);
}

const refusal = (reason: string): Error => new Error(`The brokers are not restarted: ${reason}`);

/**
 * The permission as soon as it is one, else the last refusal. Patience begins anew whenever other
 * brokers are sick than before, or Kubernetes has got on, as in a roll that goes on, up to the longest.
 */
async function awaitPermission(
  actions: RollingRestartActions,
  patienceMs: number,
): Promise<RestartPermission> {
  let before: string | undefined;
  let patience = patienceMs;
  for (let waited = 0; ; waited += ASK_EVERY_MS) {
    const { permission, missing } = await look(actions);
    if (missing === undefined) return permission;
    if (before === undefined) {
      await actions.say("Waiting until every broker is well, before they are restarted.");
    } else if (before !== missing) patience = patienceMs;
    before = missing;
    if (patience <= 0 || waited >= LONGEST_MS) return permission;
    patience -= ASK_EVERY_MS;
    await actions.wait(ASK_EVERY_MS);
  }
}

/** What is permitted at this moment, and what is still to be waited for: other words when it has changed. */
async function look({
  health,
  pending,
  kubectl,
}: RollingRestartActions): Promise<{ permission: RestartPermission; missing: string | undefined }> {
  const brokers = await health();
  const permission = restartPermission(brokers, kubectl);
  if (!permission.allowed) {
    const sick = brokers.flatMap((broker) => (broker.sick === undefined ? [] : broker.pod));
    return { permission, missing: sick.join() };
  }
  // The first pod's sickness, or the lack of a majority, is nothing that Kubernetes would mend.
  const missing = permission.note === undefined ? await pending() : undefined;
  if (missing === undefined) return { permission, missing };
  // Not refused in the end: what keeps Kubernetes waiting may be what this update puts right.
  const note = `every broker is well, but ${missing}: the restart begins all the same.`;
  return { permission: { allowed: true, note }, missing };
}
