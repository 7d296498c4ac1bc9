import { createHash } from "node:crypto";
import type { CommittedPosition } from "../../clients/kafka/group-offsets.ts";
import type { ResetTarget } from "./reset-target.ts";

/** What there is of a partition when a reset is planned. */
export interface PartitionFacts {
  readonly topic: string;
  readonly partition: number;
  /** Where the group stands; undefined where it has no position. */
  readonly position: CommittedPosition | undefined;
  /** First offset that is still there, and the one that the next record gets. */
  readonly start: number;
  readonly end: number;
  /** Of the target: the offset for its time (-1: no record since), or where the other group stands. */
  readonly found?: number | undefined;
}

/** A step of a plan: what happens to one position. */
export interface PlannedPosition {
  readonly topic: string;
  readonly partition: number;
  readonly before: CommittedPosition | undefined;
  /** Undefined: the position is removed, since there was none. */
  readonly after: CommittedPosition | undefined;
  /** What was asked for, where the partition does not reach that far. */
  readonly asked?: number;
}

export interface ResetPlan {
  readonly group: string;
  readonly steps: readonly PlannedPosition[];
  /** Partitions that nothing can be planned for, with why. */
  readonly left: readonly { readonly topic: string; readonly partition: number; why: string }[];
}

/** Pure: where a group stands after a reset. An offset that a partition does not have goes to its nearer end. */
export function planReset(
  group: string,
  target: ResetTarget,
  partitions: readonly PartitionFacts[],
): ResetPlan {
  const steps: PlannedPosition[] = [];
  const left: ResetPlan["left"][number][] = [];
  for (const facts of partitions) {
    const { topic, partition, position, start, end } = facts;
    const asked = askedOffset(target, facts);
    if (typeof asked === "string") {
      left.push({ topic, partition, why: asked });
      continue;
    }
    const offset = Math.min(Math.max(asked, start), end);
    // What stays is not written again: clients have told things beside it.
    const after = position?.offset === offset ? position : plain(topic, partition, offset);
    steps.push({ topic, partition, before: position, after, ...(offset !== asked && { asked }) });
  }
  return { group, steps, left };
}

/** The offset that is wanted, or why there is none. */
function askedOffset(target: ResetTarget, facts: PartitionFacts): number | string {
  const { position, start, end, found } = facts;
  switch (target.to) {
    case "earliest":
      return start;
    case "latest":
      return end;
    case "time":
      // No record since then: what comes next is the first one.
      return found === undefined || found < 0 ? end : found;
    case "offset":
      return target.offset;
    case "by":
      return position ? position.offset + target.by : "the group has no position to go on from";
    case "like":
      return found ?? `group ${target.group} has no position in it`;
  }
}

const plain = (topic: string, partition: number, offset: number): CommittedPosition => ({
  ...{ topic, partition, offset },
  leaderEpoch: -1,
  metadata: "",
});

/** Pure: the plan that puts positions back as they were. */
export const planRestore = (
  group: string,
  kept: readonly {
    readonly topic: string;
    readonly partition: number;
    before: CommittedPosition | undefined;
  }[],
  now: readonly CommittedPosition[],
): ResetPlan => {
  const current = new Map(now.map((one) => [placeOf(one), one]));
  const steps = kept.map(({ topic, partition, before: after }): PlannedPosition => {
    return { topic, partition, before: current.get(placeOf({ topic, partition })), after };
  });
  return { group, steps, left: [] };
};

/** The steps that change something. */
export const changes = (plan: ResetPlan): readonly PlannedPosition[] =>
  plan.steps.filter(({ before, after }) => !isSame(before, after));

export const isSame = (
  one: CommittedPosition | undefined,
  other: CommittedPosition | undefined,
): boolean =>
  one?.offset === other?.offset &&
  one?.leaderEpoch === other?.leaderEpoch &&
  one?.metadata === other?.metadata;

/** Twelve letters that are others for any other plan: whoever has read one can insist on it. */
export function planId({ group, steps }: ResetPlan): string {
  const told = JSON.stringify([group, steps.map(({ before, after }) => [before, after])]);
  return createHash("sha256").update(told).digest("hex").slice(0, 12);
}

export const placeOf = (one: { readonly topic: string; readonly partition: number }): string =>
  `${one.topic}/${String(one.partition)}`;
