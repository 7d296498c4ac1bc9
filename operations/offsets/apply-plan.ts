import {
  commitPositions,
  committedPositions,
  type CommittedPosition,
  deletePositions,
} from "../../clients/kafka/group-offsets.ts";
import type { BrokerLinks } from "../../clients/kafka/observation/broker-links.ts";
import { KafkaAdminError } from "../../clients/kafka/errors.ts";
import { UserError } from "../../model/values/user-error.ts";
import { type GroupStanding, groupStanding, withoutMembers } from "./group-standing.ts";
import { changes, isSame, placeOf, type PlannedPosition, type ResetPlan } from "./reset-plan.ts";

/** Keeps what the positions were, durably. It is called before anything is written, and once all is. */
export type Keep = (steps: readonly PlannedPosition[], state: "begun" | "done") => void;

/**
 * Makes exactly the changes of a plan. The group is looked at once more, and if anything is not as it was
 * when the plan was made, nothing is done.
 *
 * @param seen the group when the plan was made
 * @throws UserError when something has moved, or somebody has joined
 */
export async function applyPlan(
  links: BrokerLinks,
  plan: ResetPlan,
  seen: GroupStanding,
  keep: Keep,
): Promise<void> {
  const { group } = plan;
  const steps = changes(plan);
  const now = await groupStanding(links, group, links.deadline());
  withoutMembers(group, now);
  refuseMoved(plan, seen, now);
  keep(steps, "begun");
  const commits = steps.flatMap(({ after }) => (after ? [after] : []));
  const removed = steps.filter(({ after }) => after === undefined);
  try {
    await commitPositions(links, group, commits, links.deadline());
  } catch (error) {
    throw asJoined(group, "Nothing was changed.", error);
  }
  try {
    await deletePositions(links, group, removed, links.deadline());
  } catch (error) {
    throw asJoined(group, HALF, error);
  }
  const after = new Map(positionsByPlace(await committedPositions(links, group, links.deadline())));
  const wrong = steps.find((step) => !isSame(after.get(placeOf(step)), step.after));
  if (wrong) {
    throw new UserError(
      `Group ${group} was given its positions, and in partition ${String(wrong.partition)} of ${wrong.topic} it is at ` +
        `${String(after.get(placeOf(wrong))?.offset ?? "none")} already: somebody has joined since and gone on from there.`,
    );
  }
  keep(steps, "done");
}

const HALF =
  "Positions were put back; the ones that there had not been are still there: run it again.";

/** @throws UserError that names what is not as it was */
function refuseMoved(plan: ResetPlan, seen: GroupStanding, now: GroupStanding): void {
  const refuse = (what: string): never => {
    throw new UserError(`${what} since the plan was made. Nothing was changed: run it again.`);
  };
  const current = new Map(positionsByPlace(now.positions));
  const was = new Map(seen.layout.topics.map(({ name, id }) => [name, id]));
  const is = new Map(now.layout.topics.map(({ name, id }) => [name, id]));
  for (const { topic, partition, before } of plan.steps) {
    if (was.get(topic) !== is.get(topic)) refuse(`Topic ${topic} was deleted or made anew`);
    const position = current.get(placeOf({ topic, partition }));
    if (isSame(position, before)) continue;
    const [from, to] = [before, position].map((one) => String(one?.offset ?? "none"));
    refuse(
      `Group ${plan.group} has moved in partition ${String(partition)} of ${topic} (${from ?? ""} -> ${to ?? ""})`,
    );
  }
  if (seen.group?.type !== now.group?.type) {
    refuse(`Group ${plan.group} has become another (${now.group?.type ?? "none"})`);
  }
}

const positionsByPlace = (positions: readonly CommittedPosition[]) =>
  positions.map((one) => [placeOf(one), one] as const);

/** What brokers say to whoever is no member of a group that has some, by the protocol of it. */
const JOINED = new Set([
  ...["UNKNOWN_MEMBER_ID", "ILLEGAL_GENERATION", "REBALANCE_IN_PROGRESS", "STALE_MEMBER_EPOCH"],
  ...["GROUP_SUBSCRIBED_TO_TOPIC", "NON_EMPTY_GROUP"],
]);

/** The broker's own guard: between our look and the commit somebody has joined. */
function asJoined(group: string, outcome: string, error: unknown): unknown {
  if (!(error instanceof KafkaAdminError) || !JOINED.has(error.brokerError ?? "")) return error;
  return new UserError(
    `Somebody has joined group ${group} just now, and the broker has refused the change. ${outcome}`,
  );
}
