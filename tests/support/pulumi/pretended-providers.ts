import {
  type AnyProviderDriver,
  type Properties,
  type ProviderDriver,
  type ResourceDriver,
  UNKNOWN,
  type Value,
} from "../../../engine/index.ts";

/** Providers that judge as their own do, and act on objects that are only pretended. */
export interface Pretended {
  readonly providers: readonly AnyProviderDriver[];
  /** Inputs of what is there, by URN. */
  readonly objects: Map<string, Properties>;
  /** What was done, in order: `update <urn>`. */
  readonly done: string[];
}

export function pretended(originals: readonly AnyProviderDriver[]): Pretended {
  const objects = new Map<string, Properties>();
  const done: string[] = [];

  const resource = (original: ResourceDriver<unknown>): ResourceDriver<unknown> => {
    const put = (verb: string, urn: string, inputs: Properties) => {
      done.push(`${verb} ${urn}`);
      objects.set(urn, inputs);
      return Promise.resolve();
    };
    return {
      ...original,
      create: async (_, inputs, { urn }) => {
        await put("create", urn, inputs);
        return { id: urn, outputs: made(original.plan(inputs, undefined)) };
      },
      update: async (_, old, inputs, { urn }) => {
        await put("update", urn, inputs);
        return made(original.plan(inputs, old));
      },
      read: (_, old) => Promise.resolve(old),
      delete: (_, { id }) => {
        done.push(`delete ${id}`);
        objects.delete(id);
        return Promise.resolve();
      },
    };
  };
  const provider = (original: AnyProviderDriver): ProviderDriver => ({
    ...original,
    connect: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
    resources: original.resources.map(resource),
  });
  return { providers: originals.map(provider), objects, done };
}

/** Outputs as after an apply: what only that would tell is some text. */
const made = (outputs: Properties): Properties =>
  Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, known(value)]));

function known(value: Value): Value {
  if (value === UNKNOWN) return "a pretended value";
  if (Array.isArray(value)) return (value as readonly Value[]).map(known);
  return typeof value === "object" && value !== null ? made(value as Properties) : value;
}
