import { type Change, MANAGED_TOPIC, TOPIC } from "../changes/change.ts";
import { numberAt, textAt } from "../changes/property-value.ts";
import { hookedChange } from "./hooked-change.ts";

/**
 * What a hook is told of an update, as a change of the topic. Of the component it is told before the
 * topic itself is looked at, and so before that would be replaced: what replaces it is judged there.
 */
export function topicChange(
  type: string,
  name: string,
  oldInputs: unknown,
  newInputs: unknown,
): Change | undefined {
  if (type === TOPIC) return hookedChange("update", TOPIC, name, [oldInputs, newInputs]);
  if (type !== MANAGED_TOPIC) return undefined;
  const sides = [topicOf(oldInputs), topicOf(newInputs)] as const;
  const [before, after] = sides;
  const replaceKeys = [
    ...(fewer(before.partitions, after.partitions) ? ["partitions"] : []),
    ...(before.name === after.name ? [] : ["name"]),
  ];
  if (replaceKeys.length === 0) return undefined;
  return hookedChange("replace", TOPIC, name, sides, replaceKeys);
}

/** Inputs of the topic that a component makes. */
const topicOf = (inputs: unknown) => ({
  name: textAt(inputs, "topicName"),
  partitions: numberAt(inputs, "spec", "partitions"),
});

const fewer = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && after !== undefined && after < before;
