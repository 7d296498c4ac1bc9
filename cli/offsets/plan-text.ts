import {
  changes,
  planId,
  type PlannedPosition,
  type ResetPlan,
} from "../../operations/offsets/reset-plan.ts";
import { textTable } from "../terminal/text-table.ts";

/** A plan for a person: a line for each position that changes. */
export function planLines(plan: ResetPlan): string[] {
  const changed = changes(plan);
  const same = plan.steps.length - changed.length;
  const rows = changed.map((step) => [
    step.topic,
    String(step.partition),
    shown(step.before),
    shown(step.after),
    effect(step),
  ]);
  const table = textTable([["TOPIC", "PARTITION", "BEFORE", "AFTER", "EFFECT"], ...rows]);
  return [
    ...(changed.length === 0 ? [`Nothing changes: group ${plan.group} is there already.`] : table),
    ...plan.left.map(
      ({ topic, partition, why }) => `left out: ${topic} ${String(partition)}: ${why}`,
    ),
    ...(changed.length === 0 ? [] : [summary(changed, same)]),
  ];
}

const shown = (position: PlannedPosition["after"]): string => String(position?.offset ?? "none");

/** Offsets between: where records were compacted away, or transactions ended, there are fewer records. */
function effect({ before, after, asked }: PlannedPosition): string {
  const clamp = asked === undefined ? "" : `; asked for ${String(asked)}, which there is not`;
  if (!after) return "the position is removed: there had been none";
  if (!before) return `a first position${clamp}`;
  const distance = after.offset - before.offset;
  if (distance === 0) return `what clients have told beside it comes back${clamp}`;
  const what = distance > 0 ? `skips ${count(distance)}` : `reads ${count(-distance)} again`;
  return `${what}${clamp}`;
}

function summary(changed: readonly PlannedPosition[], same: number): string {
  const distances = changed.map(({ before, after }) =>
    before && after ? after.offset - before.offset : 0,
  );
  const sum = (some: readonly number[]) => some.reduce((one, other) => one + other, 0);
  const skipped = sum(distances.filter((one) => one > 0));
  const again = -sum(distances.filter((one) => one < 0));
  const words = [
    ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
    ...(again > 0 ? [`${count(again)} read again`] : []),
    ...(same > 0 ? [`${String(same)} unchanged`] : []),
  ];
  const positions =
    changed.length === 1 ? "1 position changes" : `${String(changed.length)} positions change`;
  return `${[positions, ...words].join(", ")}.`;
}

const count = (records: number): string =>
  records === 1 ? "1 record" : `${String(records)} records`;

/** A plan for a program. */
export const planJson = (plan: ResetPlan) => ({
  group: plan.group,
  plan: planId(plan),
  steps: plan.steps.map(({ topic, partition, before, after, asked }) => ({
    ...{ topic, partition, before: before?.offset ?? null, after: after?.offset ?? null },
    ...(asked !== undefined && { asked }),
  })),
  left: plan.left,
});
