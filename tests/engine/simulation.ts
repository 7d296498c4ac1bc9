import aliases from "@pulumi/pulumi/proto/alias_pb.js";
import resources from "@pulumi/pulumi/proto/resource_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { Deployment, type Registered } from "../../engine/run/deployment.ts";
import { Connections } from "../../engine/run/connections.ts";
import { Drivers } from "../../engine/drivers/registry.ts";
import type { EngineEvent, RunResult } from "../../engine/run/events.ts";
import { foundBeforeUpdate } from "../../engine/run/found-before-update.ts";
import { Hooks } from "../../engine/run/hooks.ts";
import { Look } from "../../engine/run/look.ts";
import { destroyAll, refreshAll } from "../../engine/run/maintenance.ts";
import type { EngineContext } from "../../engine/run/engine-context.ts";
import {
  isArray,
  isMap,
  mapValues,
  type PropertyValue,
  secret,
} from "../../engine/values/property-values.ts";
import { Run, RunStopped } from "../../engine/run/run.ts";
import { State } from "../../engine/state/state.ts";
import { toWire } from "../../engine/values/wire.ts";
import { fakeProvider, type FakeProvider } from "../support/pulumi/fake-provider.ts";
import type { Declaration } from "./declaration.ts";

const STACK = { stack: "test", project: "fakes" };
const ROOT_TYPE = "pulumi:pulumi:Stack";
/** A cipher for tests that are not about secrets. */
export const plain = { encrypt: (text: string) => text, decrypt: (text: string) => text };

export interface Simulated extends RunResult {
  /** "verb name" of the fake resources, in the order planned. */
  readonly plan: readonly string[];
  /** "name: message", or only the message. */
  readonly faults: readonly string[];
  readonly events: readonly EngineEvent[];
}

/** The engine without program, processes and files: registrations come from the test. */
export class Simulation {
  readonly provider: FakeProvider;
  readonly state: State;
  readonly #stop = new AbortController();
  readonly #force = new AbortController();

  constructor(provider = fakeProvider(), state = new State(new Map(), plain)) {
    this.provider = provider;
    this.state = state;
  }

  preview(declarations: readonly Declaration[]): Promise<Simulated> {
    return this.#deploy(declarations, true, false);
  }

  /** @param look whether it looks first at what is there */
  up(declarations: readonly Declaration[], { look = false } = {}): Promise<Simulated> {
    return this.#deploy(declarations, false, look);
  }

  refresh(): Promise<Simulated> {
    return this.#work(false, refreshAll);
  }

  destroy(): Promise<Simulated> {
    return this.#work(false, destroyAll);
  }

  /** As the first Ctrl-C. */
  interrupt(): void {
    this.#stop.abort();
  }

  /** As the second Ctrl-C. */
  force(): void {
    this.#force.abort();
  }

  get names(): string[] {
    return [...this.state.resources.keys()].filter((urn) => urn.includes("fake:index")).map(nameOf);
  }

  async #deploy(
    declarations: readonly Declaration[],
    dryRun: boolean,
    looks: boolean,
  ): Promise<Simulated> {
    return this.#work(dryRun, async (base, attach) => {
      const look = looks ? new Look(base, foundBeforeUpdate(base), true) : undefined;
      const engine = look === undefined ? base : { ...base, look };
      const deployment = new Deployment(engine, STACK);
      attach((urn) => deployment.provider(urn));
      await look?.begin();
      const made = new Map<string, Registered>();
      const root = await deployment.register(request(ROOT_TYPE, "fakes-test", false));
      made.set("", root);
      const endpoint = { name: "endpoint", type: "Provider", inputs: { endpoint: "here" } };
      for (const declaration of [endpoint, ...declarations]) {
        const message = toRequest(declaration, made);
        if (!isReady(declaration, made)) continue;
        await deployment.register(message).then(
          (registered) => made.set(declaration.name, registered),
          (error: unknown) => {
            if (!(error instanceof RunStopped)) throw error;
          },
        );
      }
      await deployment.finish();
      await look?.close();
    });
  }

  async #work(
    dryRun: boolean,
    work: (
      engine: EngineContext,
      attach: (find: (urn: string) => ReturnType<Deployment["provider"]>) => void,
    ) => Promise<void>,
  ): Promise<Simulated> {
    const events: EngineEvent[] = [];
    const run = new Run({
      projectDir: process.cwd(),
      dryRun,
      parallel: 8,
      onEvent: (event) => events.push(event),
      signal: this.#stop.signal,
      forceSignal: this.#force.signal,
    });
    this.provider.calls.length = 0;
    const drivers = new Drivers([this.provider]);
    let find = (urn: string): ReturnType<Deployment["provider"]> => this.state.resources.get(urn);
    const connections = new Connections(drivers, run, (urn) => find(urn));
    const hooks = new Hooks(dryRun, () => undefined);
    this.state.teach(run.masker);
    await work({ run, state: this.state, drivers, connections, hooks }, (better) => {
      find = better;
    }).catch((error: unknown) => {
      if (!(error instanceof RunStopped)) throw error;
    });
    await connections.close();
    const result = run.result({});
    return {
      ...result,
      events,
      plan: result.steps
        .filter(({ type }) => type.startsWith("fake:") || type.startsWith("test:"))
        .map(({ verb, name }) => `${verb} ${name}`),
      faults: result.failures.map(({ urn, message }) =>
        urn === "" ? message : `${nameOf(urn)}: ${message}`,
      ),
    };
  }
}

export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Driver calls without the connections. */
export function operations(calls: readonly string[]): string[] {
  return calls.filter((call) => !/^(connect|close)/.test(call));
}

function isReady(
  { inputs = {}, options = {} }: Declaration,
  made: Map<string, Registered>,
): boolean {
  const names = [...referencesIn(inputs), ...(options.dependsOn ?? [])];
  const needed = [...names, options.deletedWith, options.parent].filter(
    (name) => name !== undefined,
  );
  return needed.every((name) => made.has(name));
}

function request(type: string, name: string, custom: boolean): RegisterResourceRequest {
  return new resources.RegisterResourceRequest().setType(type).setName(name).setCustom(custom);
}

/** The request the SDK would send. */
function toRequest(
  { name, type = "Thing", inputs = {}, options = {} }: Declaration,
  made: ReadonlyMap<string, Registered>,
): RegisterResourceRequest {
  const urn = (other: string): string => made.get(other)?.urn ?? "";
  const token =
    type === "Provider"
      ? "pulumi:providers:fake"
      : type === "Group"
        ? "test:index:Group"
        : `fake:index:${type}`;
  const message = request(token, name, type !== "Group")
    .setParent(urn(options.parent ?? ""))
    .setObject(toWire(mapValues(inputs, (value) => resolve(value, made))))
    .setDependenciesList([...referencesIn(inputs), ...(options.dependsOn ?? [])].map(urn))
    .setDeletedwith(options.deletedWith === undefined ? "" : urn(options.deletedWith))
    .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
    .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
    .setIgnorechangesList(options.ignoreChanges ?? [])
    .setReplaceonchangesList(options.replaceOnChanges ?? [])
    .setAdditionalsecretoutputsList(options.additionalSecretOutputs ?? [])
    .setImportid(options.import ?? "")
    .setAliasesList((options.aliases ?? []).map(toAlias));
  const { create = "", update = "", delete: remove = "" } = options.customTimeouts ?? {};
  const timeouts = new resources.RegisterResourceRequest.CustomTimeouts();
  message.setCustomtimeouts(timeouts.setCreate(create).setUpdate(update).setDelete(remove));
  const provider = options.provider ?? "endpoint";
  if (token.startsWith("fake:") && provider !== "") {
    message.setProvider(`${urn(provider)}::${made.get(provider)?.id ?? ""}`);
  }
  if (options.protect !== undefined) message.setProtect(options.protect);
  if (options.retainOnDelete !== undefined) message.setRetainondelete(options.retainOnDelete);
  for (const [key, value] of Object.entries(inputs)) {
    const dependencies = new resources.RegisterResourceRequest.PropertyDependencies();
    dependencies.setUrnsList(referencesIn(value).map(urn));
    message.getPropertydependenciesMap().set(key, dependencies);
  }
  return message;
}

function toAlias(alias: string | { name?: string; type?: string }) {
  const message = new aliases.Alias();
  if (typeof alias === "string") return message.setUrn(alias);
  return message.setSpec(
    new aliases.Alias.Spec().setName(alias.name ?? "").setType(alias.type ?? ""),
  );
}

/** Names of the resources whose outputs occur in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("$output" in value) return [String(value.$output).split(".")[0] ?? ""];
  return Object.values(value).flatMap(referencesIn);
}

function resolve(value: unknown, made: ReadonlyMap<string, Registered>): PropertyValue {
  const json = value as PropertyValue;
  if (isArray(json)) return json.map((element) => resolve(element, made));
  if (!isMap(json)) return json;
  if (json["$secret"] !== undefined) return secret(resolve(json["$secret"], made));
  if (typeof json["$output"] === "string") {
    const [name = "", property = ""] = json["$output"].split(".");
    return made.get(name)?.outputs[property] ?? null;
  }
  return mapValues(json, (part) => resolve(part, made));
}
