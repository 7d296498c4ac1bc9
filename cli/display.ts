import type { EngineEvent, PlannedStep, StepVerb } from "../engine/events.ts";
import type { Progress } from "./progress.ts";
import { seconds } from "./progress.ts";

const SIGN: Readonly<Record<StepVerb, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  same: " ",
  updated: "~",
  gone: "-",
};

/** Words of a summary, in the order they are told. */
const VERBS: readonly (readonly [StepVerb, string])[] = [
  ["create", "to create"],
  ["update", "to update"],
  ["replace", "to replace"],
  ["delete", "to delete"],
  ["updated", "changed outside"],
  ["gone", "gone"],
  ["same", "unchanged"],
];

const shortType = (type: string): string => type.replace(/^([^:]+):[^:]*:/, "$1:");

/** One line for a planned step: what happens to which resource, and to which of its properties. */
export function planLine({ verb, type, name, changed, replaceKeys }: PlannedStep): string {
  const keys = changed.map((key) => (replaceKeys.includes(key) ? `${key} (replaces)` : key));
  const which = keys.length > 0 ? `  [${keys.join(", ")}]` : "";
  return `${SIGN[verb]} ${shortType(type)} ${name}${which}`;
}

/** What a run comes to, such as `3 to create, 29 unchanged`. */
export function countLine(changes: Readonly<Record<StepVerb, number>>): string {
  const counted = VERBS.filter(([verb]) => changes[verb] > 0);
  const parts = counted.map(([verb, words]) => `${String(changes[verb])} ${words}`);
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/**
 * Shows what an engine does, as it does it. Steps of a component are told by their leaves; what stays
 * the same is counted only.
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
        if (verb === "read") break;
        progress.say(`  ${SIGN[verb]} ${shortType(type)} ${name} (${seconds(event.elapsedMs)})`);
        break;
      }
      case "failed": {
        const { verb, type, name } = event.operation;
        progress.say(`  ! ${shortType(type)} ${name}: ${verb} failed: ${event.message}`);
        break;
      }
      case "diagnostic":
        if (event.severity === "info") progress.say(event.message);
        if (event.severity === "warning") progress.warn(event.message);
        if (event.severity === "error") progress.say(`error: ${event.message}`);
        break;
    }
  };
