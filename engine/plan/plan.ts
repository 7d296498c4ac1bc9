import { pinUnknowns, withoutGuesses } from "./comparison.ts";
import { Drivers } from "../drivers/registry.ts";
import type { AnyProviderDriver } from "../drivers/driver.ts";
import type { Failure } from "../values/failure.ts";
import type { ResourceGoal } from "./resource-goal.ts";
import { type StepDecision, Planner } from "./planner.ts";
import { protectedMessage } from "./protection.ts";
import type { PropertyMap } from "../values/property-values.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import { State } from "../state/state.ts";
import { makeUrn } from "../values/urn.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";

/** One resource of a plan: as it is recorded, as it is declared, and what is to be done. */
export interface PlannedResource {
  readonly verb: "create" | "update" | "replace" | "delete" | "same";
  readonly urn: string;
  /** Absent for a create. */
  readonly before?: ResourceRecord | undefined;
  /** Absent for a delete. */
  readonly after?: ResourceRecord | undefined;
  /** Inputs as the program gave them, before a driver looked at them. Absent for a delete. */
  readonly declared?: PropertyMap | undefined;
  /** Properties, or other reasons, for which it is replaced. */
  readonly replaceKeys: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Why an `up` would refuse it. */
  readonly refusals: readonly string[];
  /** Paths of plain values that were computed from withheld secrets, and could not be compared. */
  readonly withheld: readonly string[];
}

export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** Declarations that are wrong whatever is recorded. */
  readonly failures: readonly Failure[];
}

export interface PlanSettings {
  readonly stack: { readonly stack: string; readonly project: string };
  readonly providers: readonly AnyProviderDriver[];
  readonly goals: readonly ResourceGoal[];
  /** Goals of the same program run with other stand-ins for what is withheld. */
  readonly control?: readonly ResourceGoal[];
  readonly state: State;
}

/** Plans from recorded registrations, without running anything. */
export function planGoals({ stack, providers, goals, control, state }: PlanSettings): Plan {
  const drivers = new Drivers(providers);
  const controls =
    control === undefined ? undefined : inputsOf({ stack, providers, goals: control });
  const withheld = new Map<string, string[]>();
  const declared = (old: PropertyMap, next: PropertyMap, urn: string): PropertyMap => {
    const paths: string[] = [];
    const inputs = withoutGuesses(old, next, controls?.get(urn) ?? next, (path) =>
      paths.push(path),
    );
    withheld.set(urn, paths);
    return inputs;
  };
  const planner = new Planner(stack, state, drivers, true, (old, next, urn) => [
    pinUnknowns(old),
    pinUnknowns(declared(old, next, urn)),
  ]);
  const failures: Failure[] = [];
  const resources: PlannedResource[] = [];
  for (const goal of goals) {
    const urn = makeUrn(stack.stack, stack.project, goal.parent, goal.type, goal.name);
    try {
      const decision = planner.decide(goal);
      const { verb, next, old, refusals } = decision;
      if (verb === "create") for (const message of refusals) failures.push({ urn, message });
      const inputs = old === undefined ? next.inputs : declared(old.inputs, next.inputs, urn);
      resources.push({
        verb,
        urn,
        before: old,
        after: { ...next, inputs },
        declared: goal.inputs,
        ...replacement(decision),
        refusals,
        withheld: withheld.get(urn) ?? [],
      });
    } catch (error) {
      const before = state.resources.get(urn);
      const after = planner.registered(urn);
      // A driver that will not make this change; anything else is wrong in itself.
      if (error instanceof UserError || before === undefined || after === undefined) {
        failures.push({ urn, message: messageOf(error) });
        continue;
      }
      const refusals = [messageOf(error)];
      const declared = goal.inputs;
      resources.push({ ...untouched, verb: "update", urn, before, after, declared, refusals });
    }
  }
  const gone = [...planner.undeclared(), ...state.pendingDeletes.values()];
  return { resources: [...resources, ...gone.map(deletion)], failures };
}

/** What a program declares, as records: the old state for the plan of another version of it. */
export function declaredState(settings: Omit<PlanSettings, "state" | "control">): {
  readonly state: State;
  readonly failures: readonly Failure[];
} {
  const { resources, failures } = planGoals({ ...settings, state: State.of([]) });
  const records = resources.flatMap(({ after }) =>
    after === undefined ? [] : [{ ...after, id: after.custom ? "declared" : "" }],
  );
  return { state: State.of(records), failures };
}

function inputsOf(settings: Omit<PlanSettings, "state" | "control">): Map<string, PropertyMap> {
  const { resources } = planGoals({ ...settings, state: State.of([]) });
  return new Map(resources.map(({ urn, after }) => [urn, after?.inputs ?? {}]));
}

const untouched = { replaceKeys: [], deleteBeforeReplace: false, withheld: [] } as const;

const replacement = (decision: StepDecision) =>
  decision.verb === "replace"
    ? {
        replaceKeys: decision.replaceKeys,
        deleteBeforeReplace: decision.deleteBeforeReplace,
      }
    : { replaceKeys: [], deleteBeforeReplace: false };

const deletion = (before: ResourceRecord): PlannedResource => ({
  ...untouched,
  verb: "delete",
  urn: before.urn,
  before,
  refusals: before.protect ? [protectedMessage("deleted")] : [],
});
