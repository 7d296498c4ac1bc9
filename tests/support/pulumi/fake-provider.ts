import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type OperationContext,
  type Properties,
  type ProviderDriver,
  type ResourceDriver,
  UNKNOWN,
  type Value,
} from "../../../engine/index.ts";

/** Where the fake objects live: the "cloud". */
export interface World {
  get(id: string): Properties | undefined;
  set(id: string, inputs: Properties): void;
  delete(id: string): void;
  ids(): string[];
}

function memoryWorld(): World {
  const objects = new Map<string, Properties>();
  return {
    get: (id) => objects.get(id),
    set: (id, inputs) => void objects.set(id, inputs),
    delete: (id) => void objects.delete(id),
    ids: () => [...objects.keys()],
  };
}

/** A world that outlives the process, one file per object. */
export function directoryWorld(directory: string): World {
  mkdirSync(directory, { recursive: true });
  const path = (id: string): string => join(directory, id);
  return {
    get: (id) =>
      readdirSync(directory).includes(id)
        ? (JSON.parse(readFileSync(path(id), "utf8")) as Properties)
        : undefined,
    set: (id, inputs) => writeFileSync(path(id), JSON.stringify(inputs)),
    delete: (id) => rmSync(path(id), { force: true }),
    ids: () => readdirSync(directory).sort(),
  };
}

export interface FakeProvider extends ProviderDriver<string> {
  readonly world: World;
  /** Driver calls in order: "create a", "resume a", "update a", "delete a", "read a", "connect <endpoint>". */
  readonly calls: string[];
  /** Calls that were given a time-out, with it: "create a 600". */
  readonly timeouts: string[];
  /** Objects that are there and serve nobody, with the reason that a read gives. */
  readonly down: Map<string, string>;
  /** What a call waits for, and fails with when it throws; replaceable. */
  gate: (call: string, signal: AbortSignal) => Promise<void> | void;
}

/**
 * The package `fake`: `fake:index:Thing`, whose change of `name` replaces it (the new one first),
 * and `fake:index:Slot`, the same with the old one deleted first. Inputs: name, size (a number not
 * below 0), text, tags, password. A slot holds records. Outputs: the inputs, `address` (known after create) and `token`,
 * a secret of the driver's own.
 */
export function fakeProvider(world: World = memoryWorld()): FakeProvider {
  const calls: string[] = [];
  const timeouts: string[] = [];
  const down = new Map<string, string>();
  const provider: FakeProvider = {
    name: "fake",
    world,
    calls,
    timeouts,
    down,
    gate: () => undefined,
    check: (inputs) => ({ inputs, failures: [] }),
    connect: async (config, { signal }) => {
      const call = `connect ${text(config["endpoint"])}`;
      calls.push(call);
      await provider.gate(call, signal);
      return text(config["endpoint"]);
    },
    close: (client) => {
      calls.push(`close ${client}`);
      return Promise.resolve();
    },
    resources: [],
  };
  return Object.assign(provider, {
    resources: [thing("fake:index:Thing", false), thing("fake:index:Slot", true)],
  });

  function thing(type: string, deleteBeforeReplace: boolean): ResourceDriver<string> {
    return {
      type,
      holdsRecords: deleteBeforeReplace,
      secretOutputs: ["token"],
      check: (inputs) => ({
        inputs: { size: 1, ...inputs },
        failures:
          typeof inputs["size"] === "number" && inputs["size"] < 0
            ? [{ property: "size", reason: `${inputs["size"]} given, 0 or more wanted` }]
            : [],
      }),
      diff: (old, inputs) => {
        const keys = new Set([...Object.keys(old.inputs), ...Object.keys(inputs)]);
        const changed = [...keys].filter((key) => differs(old.inputs[key], inputs[key]));
        return { changed, replace: changed.filter((key) => key === "name"), deleteBeforeReplace };
      },
      plan: (inputs, old) => ({
        ...inputs,
        address: old?.outputs["address"] ?? UNKNOWN,
        token: old?.outputs["token"] ?? UNKNOWN,
      }),
      create: async (_, inputs, context) => {
        const { signal, progress } = context;
        const id = text(inputs["name"]);
        timed("create", id, context);
        await call("create", id, signal);
        if (world.get(id) !== undefined) throw new Error(`${id} already exists`);
        progress(`making ${id} with ${JSON.stringify(inputs["password"] ?? "")}`);
        world.set(id, inputs);
        return { id, outputs: outputsOf(id, inputs) };
      },
      resumeCreate: async (_, inputs, { signal }) => {
        const id = text(inputs["name"]);
        await call("resume", id, signal);
        const left = world.get(id);
        if (JSON.stringify(left) !== JSON.stringify(inputs)) return undefined;
        return { id, outputs: outputsOf(id, inputs) };
      },
      read: async (_, { id }, { signal }) => {
        await call("read", id, signal);
        const inputs = world.get(id);
        if (inputs === undefined) return undefined;
        const found = { id, inputs, outputs: outputsOf(id, inputs) };
        const why = down.get(id);
        return why === undefined ? found : { ...found, down: why };
      },
      update: async (_, { id }, inputs, context) => {
        timed("update", id, context);
        await call("update", id, context.signal);
        world.set(id, inputs);
        return outputsOf(id, inputs);
      },
      delete: async (_, { id }, context) => {
        timed("delete", id, context);
        await call("delete", id, context.signal);
        world.delete(id);
      },
    };
  }

  function timed(verb: string, id: string, { timeoutSeconds }: OperationContext): void {
    if (timeoutSeconds !== undefined) timeouts.push(`${verb} ${id} ${timeoutSeconds}`);
  }

  async function call(verb: string, id: string, signal: AbortSignal): Promise<void> {
    calls.push(`${verb} ${id}`);
    await provider.gate(`${verb} ${id}`, signal);
  }
}

function outputsOf(id: string, inputs: Properties): Properties {
  return { ...inputs, address: `${id}.fake`, token: `token-of-${id}` };
}

function differs(left: Value | undefined, right: Value | undefined): boolean {
  return left === UNKNOWN || right === UNKNOWN || JSON.stringify(left) !== JSON.stringify(right);
}

function text(value: Value | undefined): string {
  if (typeof value === "string") return value;
  throw new Error(`the fake provider wants a text, not ${JSON.stringify(value)}`);
}
