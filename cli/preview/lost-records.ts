import { isRefused } from "../../review/approvals.ts";
import { assessChanges } from "../../review/plan-decisions.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { PlanRequest } from "./planned-recording.ts";
import { changeOf } from "./plan-changes.ts";
import type { PlannedResources } from "./planned-resources.ts";
import { planStack } from "./planning.ts";

/**
 * What an `up` would take of the records that are stored, a sentence for each resource.
 *
 * @param engine the one that holds the stack
 */
export const lostRecords = async (request: PlanRequest, engine: EngineName): Promise<string[]> =>
  lossesOf(await planStack(request, { kind: "own state", engine }), new Date());

/**
 * The same of a plan, as far as nobody has agreed to it. Where the program fails, nothing is known of what it
 * declares, and its `up` deletes nothing: there is no loss.
 */
export function lossesOf({ resources, failures }: PlannedResources, today: Date): string[] {
  if (failures.length > 0) return [];
  return assessChanges(resources.map(changeOf), today)
    .filter(({ decisions }) => decisions.some(isRefused))
    .filter(({ assessment }) => assessment.reversibility === "loses data")
    .map(({ change: { type, name }, assessment: { reasons } }) => {
      const kind = type.split(/[:/]/).at(-1) ?? type;
      return `${kind} ${name}: ${reasons
        .filter(({ reversibility }) => reversibility === "loses data")
        .map(({ text }) => text)
        .join("; ")}`;
    });
}
