import { isRefused } from "../../review/approvals.ts";
import { assessChanges } from "../../review/plan-decisions.ts";
import type { EngineName } from "../engines/engine-choice.ts";
import type { PlanRequest } from "./planned-recording.ts";
import { changeOf } from "./plan-changes.ts";
import { planStack } from "./planning.ts";

/**
 * What an `up` would take of the records that are stored, a sentence for each resource, as far as nobody has
 * agreed to it. Of a program that cannot be planned nothing: its `up` says what is wrong with it.
 *
 * @param engine the one that holds the stack
 */
export async function lostRecords(request: PlanRequest, engine: EngineName): Promise<string[]> {
  const { resources } = await planStack(request, { kind: "own state", engine });
  return assessChanges(resources.map(changeOf), new Date())
    .filter(({ decisions }) => decisions.some(isRefused))
    .filter(({ assessment }) => assessment.reversibility === "loses data")
    .map(({ change: { type, name }, assessment: { reasons } }) => {
      const kind = type.split(/[:/]/).at(-1) ?? type;
      return `${kind} ${name}: ${reasons.join("; ")}`;
    });
}
