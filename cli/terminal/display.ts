import { type EngineEvent, parseUrn, type PlannedStep, type StepVerb } from "../../engine/index.ts";
import type { Progress } from "./progress.ts";
import { seconds } from "./progress.ts";
import { isComponent, isProvider, shortType } from "../../model/stack/resource-types.ts";
import { CHANGING_VERBS, VERB_SIGNS } from "../../review/verb.ts";

const SIGN: Readonly<Record<StepVerb, string>> = {
  ...VERB_SIGNS,
  updated: "~",
  gone: "-",
};

/** Words of a summary, in the order they are told: of a plan, and of what was done. */
const VERBS: readonly (readonly [StepVerb, string, string])[] = [
  ...CHANGING_VERBS,
  ["updated", "changed outside", "changed outside"],
  ["gone", "gone", "gone"],
  ["same", "unchanged", "unchanged"],
];

/** One line for a planned step: what happens to which resource, and to which of its properties. */
export function planLine({ verb, type, name, changed, replaceKeys }: PlannedStep): string {
  const keys = changed.map((key) => (replaceKeys.includes(key) ? `${key} (replaces)` : key));
  const which = keys.length > 0 ? `  [${keys.join(", ")}]` : "";
  return `${SIGN[verb]} ${shortType(type)} ${name}${which}`;
}

/** What a run comes to, such as `3 to create, 29 unchanged`, or `3 created` when it is `done`. */
export function countLine(
  changes: Readonly<Record<StepVerb, number>>,
  { done = false }: { readonly done?: boolean } = {},
): string {
  const parts = VERBS.filter(([verb]) => changes[verb] > 0).map(
    ([verb, planned, past]) => `${String(changes[verb])} ${done ? past : planned}`,
  );
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/** Which resource something is about; nothing for what is about the whole run. */
function about(urn: string): string {
  if (urn === "") return "";
  const { type, name } = parseUrn(urn);
  return `${shortType(type)} ${name}: `;
}

/**
 * Shows what an engine does, as it does it. What stays the same is counted only.
 */
export const showEvents =
  (progress: Progress, detail: (text: string) => void) =>
  (event: EngineEvent): void => {
    switch (event.kind) {
      case "planned":
      case "summary":
        break;
      case "started":
        detail(
          `${event.operation.verb} ${shortType(event.operation.type)} ${event.operation.name}`,
        );
        break;
      case "progress":
        detail(event.message);
        break;
      case "finished": {
        const { verb, type, name } = event.operation;
        if (verb === "read" || isComponent(type) || isProvider(type)) break;
        progress.say(`  ${SIGN[verb]} ${shortType(type)} ${name} (${seconds(event.elapsedMs)})`);
        break;
      }
      case "failed": {
        const { verb, type, name } = event.operation;
        progress.say(`  ! ${shortType(type)} ${name}: ${verb} failed: ${event.message}`);
        break;
      }
      case "diagnostic":
        if (event.severity === "info") progress.say(`${about(event.urn)}${event.message}`);
        if (event.severity === "warning") progress.warn(`${about(event.urn)}${event.message}`);
        if (event.severity === "error") progress.say(`error: ${about(event.urn)}${event.message}`);
        break;
    }
  };
