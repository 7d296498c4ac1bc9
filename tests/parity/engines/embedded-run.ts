/**
 * Runs one operation of the embedded engine in the folder of the project, as its commands do: reads
 * what to do from standard input as JSON, and writes what came of it to standard output.
 */
import { text } from "node:stream/consumers";
import { engineConfig } from "../../../cli/stack/effective-config.ts";
import { PROJECT } from "../../../cli/stack/project.ts";
import { PROVIDERS } from "../../../engine/providers.ts";
import {
  isArray,
  isMap,
  isSecret,
  type PropertyValue,
  type ResourceRecord,
  unwrap,
} from "../../../engine/index.ts";
import * as engine from "../../../engine/index.ts";
import { markSecret, type Plan, type StackPlace } from "./engine.ts";
import type { RecordedResource, RecordedState } from "./engine.ts";

const RUNS = {
  preview: engine.preview,
  up: engine.up,
  refresh: engine.refresh,
  destroy: engine.destroy,
};
const READS = {
  state: recordedState,
  outputs: (target: engine.StackTarget) => engine.readOutputs(target, { showSecrets: true }),
};

export interface EmbeddedRequest {
  readonly operation: keyof typeof RUNS | keyof typeof READS;
  readonly place: StackPlace;
}

const { operation, place } = JSON.parse(await text(process.stdin)) as EmbeddedRequest;
const target: engine.StackTarget = {
  projectDir: place.folder,
  project: PROJECT,
  stack: place.stack,
  stateDir: place.stateDir,
  passphrase: { value: place.passphrase, source: "the test" },
};
const answer =
  operation === "state" || operation === "outputs"
    ? await READS[operation](target)
    : await run(operation);
process.stdout.write(JSON.stringify(answer));

async function run(which: keyof typeof RUNS): Promise<Plan> {
  const stack = { name: place.stack, file: place.file, localFile: "" };
  const config = await engineConfig(stack, target.passphrase);
  const options = { target, config, providers: PROVIDERS, onEvent: () => undefined };
  const { status, steps, failures } = await RUNS[which](options);
  if (status !== "succeeded") {
    throw new Error(failures.map(({ urn, message }) => `${urn}: ${message}`).join("\n"));
  }
  return Object.fromEntries(
    steps.map(({ urn, verb, changed, replaceKeys }) => [
      urn,
      { verb, changed: changed.toSorted(), replaceKeys: replaceKeys.toSorted() },
    ]),
  );
}

async function recordedState(at: engine.StackTarget): Promise<RecordedState> {
  const { resources } = await engine.readState(at);
  return Object.fromEntries([...resources].map(([urn, record]) => [urn, recorded(record)]));
}

function recorded(record: ResourceRecord): RecordedResource {
  const { type, custom, parent, provider, dependencies, propertyDependencies } = record;
  const { protect, retainOnDelete, deletedWith } = record;
  return {
    ...{ type, custom, parent, provider, dependencies, propertyDependencies },
    ...{ protect, retainOnDelete, deletedWith },
    inputs: plain(record.inputs),
  };
}

function plain(value: PropertyValue): unknown {
  if (isSecret(value)) return markSecret(plain(unwrap(value)));
  if (isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
