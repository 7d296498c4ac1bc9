import { type Change, MANAGED_TOPIC, TOPIC } from "../changes/change.ts";
import { at, numberAt, textAt } from "../changes/property-value.ts";

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
  if (type === TOPIC) return change("update", name, oldInputs, newInputs, []);
  if (type !== MANAGED_TOPIC) return undefined;
  const [before, after] = [oldInputs, newInputs].map(topicOf);
  const replaceKeys = [
    ...(fewer(at(before, "partitions"), at(after, "partitions")) ? ["partitions"] : []),
    ...(textAt(before, "name") === textAt(after, "name") ? [] : ["name"]),
  ];
  return replaceKeys.length === 0 ? undefined : change("replace", name, before, after, replaceKeys);
}

/** Inputs of the topic that a component makes. */
const topicOf = (inputs: unknown) => ({
  name: textAt(inputs, "topicName"),
  partitions: numberAt(inputs, "spec", "partitions"),
});

const fewer = (before: unknown, after: unknown): boolean =>
  typeof before === "number" && typeof after === "number" && after < before;

function change(
  verb: Change["verb"],
  name: string,
  before: unknown,
  after: unknown,
  replaceKeys: readonly string[],
): Change {
  const side = (inputs: unknown) => ({
    ...{ urn: name, type: TOPIC, name },
    inputs: inputs as Readonly<Record<string, unknown>>,
    options: { protect: false, retainOnDelete: false },
  });
  return {
    ...{ verb, urn: name, type: TOPIC, name, replaceKeys },
    ...{ before: side(before), after: side(after) },
    ...{ deleteBeforeReplace: true, refusals: [], withheld: [] },
  };
}
