/** Which critical alerts are proved by a fault. Pure. */
import { conditionOf, CRITICAL_CONDITIONS, labelled } from "./conditions.ts";
import type { Awaited, Fault } from "./fault.ts";

export const awaitedOf = ({ stages }: Pick<Fault, "stages">): Awaited[] =>
  stages.flatMap(({ called, heldBack = [], shown = [] }) => [...called, ...heldBack, ...shown]);

/** Critical alerts that no fault causes and nobody excuses, and those that are excused although a fault causes them. */
export function gaps(
  faults: readonly Pick<Fault, "stages">[],
  excused: readonly Awaited[],
): { readonly uncovered: string[]; readonly excusedInVain: string[] } {
  const caused = new Set(faults.flatMap(awaitedOf).map(conditionOf));
  const away = new Set(excused.map(conditionOf));
  return {
    uncovered: CRITICAL_CONDITIONS.filter((one) => !caused.has(one) && !away.has(one)).map(
      labelled,
    ),
    excusedInVain: [...away].filter((one) => caused.has(one)).map(labelled),
  };
}
