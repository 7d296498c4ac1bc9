import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaAdmin } from "../../clients/kafka/admin.ts";
import type { OngoingReassignment } from "../../clients/kafka/reassignments.ts";
import type { Move } from "./plan.ts";
import { brokerLimits, topicLimits, withoutLimits } from "./throttle.ts";

export interface Execution {
  readonly admin: KafkaAdmin;
  readonly moves: readonly Move[];
  /** What was under way before; it is waited for first. */
  readonly ongoing: readonly OngoingReassignment[];
  /** Bytes per second that moves may use of each broker; null: all. */
  readonly throttle: number | null;
  readonly say: (message: string) => void;
}

/** Partitions that move at a time: few enough to end soon when the command is interrupted. */
const AT_A_TIME = 50;
const LOOK_EVERY_MS = 1_000;

/**
 * Moves partitions, some at a time, and waits for them. What is under way when the process ends goes on
 * in the brokers, limited as it was begun; the next run finds it, and takes the limits away at its end.
 *
 * @throws KafkaAdminError for the first move that is refused, once the others of its turn are done
 */
export async function execute(execution: Execution): Promise<void> {
  const { admin, moves, ongoing, throttle, say } = execution;
  if (throttle !== null) await admin.alterDynamicConfigs([brokerLimits(throttle)]);
  if (ongoing.length > 0) say(`waiting for ${String(ongoing.length)} moves that are under way`);
  await untilDone(admin, say);
  for (let done = 0; done < moves.length; done += AT_A_TIME) {
    const turn = moves.slice(done, done + AT_A_TIME);
    if (throttle !== null) await admin.alterDynamicConfigs(topicLimits(turn));
    const outcomes = await admin.alterReassignments(
      turn.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })),
    );
    await untilDone(admin, say);
    await admin.alterDynamicConfigs(withoutLimits(turn));
    const refused = outcomes.find((outcome) => outcome !== undefined);
    if (refused) throw refused;
    say(`${String(done + turn.length)} of ${String(moves.length)} partitions moved`);
  }
  await admin.alterDynamicConfigs([brokerLimits(null), ...withoutLimits(ongoing)]);
}

/** Ends what is under way; the partitions go back to where they were. */
export async function cancel({ admin, ongoing, say }: Execution): Promise<void> {
  await admin.alterReassignments(
    ongoing.map(({ topic, partition }) => ({ topic, partition, replicas: null })),
  );
  await untilDone(admin, say);
  await admin.alterDynamicConfigs([brokerLimits(null), ...withoutLimits(ongoing)]);
}

async function untilDone(admin: KafkaAdmin, say: (message: string) => void): Promise<void> {
  let told = 0;
  for (;;) {
    const left = (await admin.listReassignments()).length;
    if (left === 0) return;
    if (left !== told) say(`${String(left)} partitions are moving`);
    told = left;
    await sleep(LOOK_EVERY_MS);
  }
}
