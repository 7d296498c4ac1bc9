import type { Change } from "../review/change.ts";
import { MANAGED_TOPIC, TOPIC } from "../model/stack/resource-types.ts";
import { at, numberAt, textAt } from "../review/property-value.ts";
import { changeFromHook } from "./change-from-hook.ts";

/**
 * What a hook is told of an update, as a change of the topic. Of the component it is told first, and
 * refuses there: the component of a topic that is refused later would be recorded as if it had changed,
 * and the way back would look like another change.
 *
 * The topic itself is looked at all the same: it can differ where its component does not, after a refresh.
 */
export function topicChange(
  type: string,
  name: string,
  oldInputs: unknown,
  newInputs: unknown,
): Change | undefined {
  if (type === TOPIC) return changeFromHook("update", TOPIC, name, [oldInputs, newInputs]);
  if (type !== MANAGED_TOPIC) return undefined;
  const sides = [topicOf(oldInputs), topicOf(newInputs)] as const;
  const [before, after] = sides;
  const replaceKeys = [
    ...(fewer(before.partitions, after.partitions) ? ["partitions"] : []),
    ...(before.name === after.name ? [] : ["name"]),
  ];
  const verb = replaceKeys.length === 0 ? "update" : "replace";
  return changeFromHook(verb, TOPIC, name, sides, replaceKeys);
}

/** Inputs of the topic that a component makes. */
const topicOf = (inputs: unknown) => ({
  name: textAt(inputs, "topicName"),
  partitions: numberAt(inputs, "spec", "partitions"),
  replicationFactor: numberAt(inputs, "spec", "replicationFactor"),
  config: at(inputs, "spec", "config"),
});

const fewer = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && after !== undefined && after < before;
