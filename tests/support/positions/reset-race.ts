import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { committedPositions } from "../../../clients/kafka/group-offsets.ts";
import type { BrokerLinks } from "../../../clients/kafka/observation/broker-links.ts";
import { UserError } from "../../../model/values/user-error.ts";
import { applyPlan } from "../../../operations/offsets/apply-plan.ts";
import { lookForReset } from "../../../operations/offsets/look-for-reset.ts";
import { planReset } from "../../../operations/offsets/reset-plan.ts";
import { withoutMembers } from "../../../operations/offsets/group-standing.ts";
import { type ClientConfig, CONFLUENT_PYTHON } from "../kafka/confluent-client.ts";

export interface RaceResult {
  resets: number;
  /** Of those, by how they ended. */
  done: number;
  /** By us: at the first look, or at the one right before the commit. */
  refusedAtFirst: number;
  refusedAtSecond: number;
  /** By the broker: somebody joined between the second look and the commit. */
  refusedByBroker: number;
  /** Positions that are partly before and partly after: there must be none. */
  halfDone: number;
  /** Members, by protocol, and what they saw change under them: there must be none. */
  joined: Readonly<Record<string, number>>;
  violations: readonly unknown[];
  errors: readonly string[];
}

/**
 * Resets a group again and again, between two places, while members of both protocols join and leave it. The
 * members are librdkafka's; they say what changed while they were in.
 *
 * @param ends each partition of the topic has as many records
 */
export async function raceResets(
  links: BrokerLinks,
  config: ClientConfig,
  { topic, group, ends, resets }: { topic: string; group: string; ends: number; resets: number },
): Promise<RaceResult> {
  const script = path.join(import.meta.dirname, "joining_consumer.py");
  const members = spawn(CONFLUENT_PYTHON, [script], { stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  members.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const { promise: ended, resolve } = Promise.withResolvers<unknown>();
  members.once("close", resolve);
  members.stdin.write(`${JSON.stringify({ config, topic, group, seed: 18 })}\n`);
  const counts = {
    done: 0,
    refusedAtFirst: 0,
    refusedAtSecond: 0,
    refusedByBroker: 0,
    halfDone: 0,
  };
  try {
    for (let n = 0; n < resets; n += 1) {
      const outcome = await resetOnce(links, topic, group, n % 2 === 0 ? "latest" : "earliest");
      counts[outcome] += 1;
      const places = await committedPositions(links, group, links.deadline());
      const offsets = new Set(places.map(({ offset }) => offset));
      const isWhole = offsets.size === 1 && (offsets.has(0) || offsets.has(ends));
      if (!isWhole) counts.halfDone += 1;
      // Another moment of the members' coming and going, each time.
      await sleep((n * 7) % 60);
    }
  } finally {
    members.stdin.end();
    await ended;
  }
  const report = JSON.parse(said) as Pick<RaceResult, "joined" | "violations" | "errors">;
  return { resets, ...counts, ...report };
}

type Ended = "done" | "refusedAtFirst" | "refusedAtSecond" | "refusedByBroker";

async function resetOnce(
  links: BrokerLinks,
  topic: string,
  group: string,
  to: "earliest" | "latest",
): Promise<Ended> {
  const scope = { group, target: { to }, topics: [topic], partitions: [] } as const;
  let reached: Ended = "refusedAtFirst";
  try {
    const { standing, facts } = await lookForReset(links, scope, links.deadline());
    const plan = planReset(group, scope.target, facts);
    withoutMembers(group, standing);
    reached = "refusedAtSecond";
    await applyPlan(links, plan, standing, (_, state) => {
      reached = state === "begun" ? "refusedByBroker" : "done";
    });
    return "done";
  } catch (error) {
    if (error instanceof UserError) return reached;
    throw error;
  }
}
