import {
  type Failure,
  planGoals,
  type PlannedResource,
  type Recording,
  type State,
} from "../../engine/index.ts";
import { PROVIDERS } from "../../engine/providers.ts";
import { identity } from "./planned-recording.ts";
import type { Stack } from "../stack/project.ts";

/** What a recording comes to. */
export interface PlannedResources {
  readonly resources: readonly PlannedResource[];
  /** What is wrong with the program or its configuration. */
  readonly failures: readonly Failure[];
}

/**
 * What becomes of each resource of a state when what was recorded is brought about.
 *
 * @param control the same program, recorded with other stand-ins for secrets that are withheld
 */
export function plannedResources(
  stack: Stack,
  recording: Recording,
  state: State,
  control?: Recording,
): PlannedResources {
  const { resources, failures } = planGoals({
    stack: identity(stack),
    providers: PROVIDERS,
    goals: recording.goals,
    ...(control && { control: control.goals }),
    state,
  });
  // A recorded refusal to change what is there is a property of the plan and not a fault of the program.
  const isChange = ({ before, after, verb }: PlannedResource): boolean =>
    before !== undefined && after !== undefined && verb !== "same";
  const changing = new Set(resources.filter(isChange).map(({ urn }) => urn));
  const refused = new Set(
    resources.filter(({ refusals }) => refusals.length > 0).map(({ urn }) => urn),
  );
  const wrong = new Set(failures.map(({ urn }) => urn));
  const said = Map.groupBy(
    recording.failures.filter(({ urn }) => !refused.has(urn) && !wrong.has(urn)),
    ({ urn }) => (changing.has(urn) ? "refusals" : "others"),
  );
  const refusals = Map.groupBy(said.get("refusals") ?? [], ({ urn }) => urn);
  const others = said.get("others") ?? [];
  const interrupted =
    recording.status === "interrupted" ? [{ urn: "", message: "interrupted" }] : [];
  const judged = resources.map((resource) => {
    const own = (refusals.get(resource.urn) ?? []).map(({ message }) => message);
    return { ...resource, refusals: [...resource.refusals, ...own] };
  });
  return { resources: judged, failures: [...failures, ...others, ...interrupted] };
}
