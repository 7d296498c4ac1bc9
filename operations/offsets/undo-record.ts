import { z } from "zod";
import type { CommittedPosition } from "../../clients/kafka/group-offsets.ts";
import { isSame, placeOf, type PlannedPosition } from "./reset-plan.ts";

const position = z
  .object({
    offset: z.int().nonnegative(),
    leaderEpoch: z.int(),
    metadata: z.string(),
  })
  .nullable();

/** The file of one change of positions: what they were, what they became, how far it got. */
export const undoRecord = z.object({
  kind: z.literal("kafka-platform group positions"),
  clusterId: z.string(),
  group: z.string(),
  /** When it was begun, as an ISO time. */
  at: z.string(),
  /** Of a change that was killed it stays `begun`, until the next run has looked. */
  state: z.enum(["begun", "done", "not done"]),
  positions: z.array(
    z.object({ topic: z.string(), partition: z.int(), before: position, after: position }),
  ),
});

export type UndoRecord = z.output<typeof undoRecord>;

/** Pure: the steps of a plan as they are kept. */
export const recordOf = (
  steps: readonly PlannedPosition[],
  about: Pick<UndoRecord, "clusterId" | "group" | "at" | "state">,
): UndoRecord => ({
  kind: "kafka-platform group positions",
  ...about,
  positions: steps.map(({ topic, partition, before, after }) => {
    return { topic, partition, before: kept(before), after: kept(after) };
  }),
});

const kept = (one: CommittedPosition | undefined) =>
  one ? { offset: one.offset, leaderEpoch: one.leaderEpoch, metadata: one.metadata } : null;

/** Pure: the positions of a record as a plan has them. */
export const stepsOf = ({ positions }: UndoRecord): PlannedPosition[] =>
  positions.map(({ topic, partition, before, after }) => {
    const full = (one: typeof before) => (one ? { topic, partition, ...one } : undefined);
    return { topic, partition, before: full(before), after: full(after) };
  });

/** Pure: what became of a change that was begun and not ended, by where the group stands now. */
export function outcomeOf(
  record: UndoRecord,
  now: readonly CommittedPosition[],
): "done" | "not done" | "half" | "moved" {
  const current = new Map(now.map((one) => [placeOf(one), one]));
  let [isDone, isUndone, isOurs] = [true, true, true];
  for (const { before, after, ...place } of stepsOf(record)) {
    const is = current.get(placeOf(place));
    const [was, became] = [isSame(is, before), isSame(is, after)];
    isDone &&= became;
    isUndone &&= was;
    isOurs &&= was || became;
  }
  if (isDone) return "done";
  if (isUndone) return "not done";
  return isOurs ? "half" : "moved";
}
