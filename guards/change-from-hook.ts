import type { Change } from "../review/change.ts";

/** What a hook is told, as a change that is judged like one of a plan. */
export function changeFromHook(
  verb: Change["verb"],
  type: string,
  name: string,
  [before, after]: readonly [before: unknown, after: unknown],
  replaceKeys: readonly string[] = [],
): Change {
  const side = (inputs: unknown) => ({
    urn: name,
    type,
    name,
    inputs: inputs as Readonly<Record<string, unknown>>,
    options: { protect: false, retainOnDelete: false },
  });
  return {
    verb,
    urn: name,
    type,
    name,
    replaceKeys,
    before: side(before),
    after: side(after),
    deleteBeforeReplace: true,
    refusals: [],
    withheld: [],
  };
}
