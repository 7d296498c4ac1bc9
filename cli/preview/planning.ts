import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { CapacityPlan } from "../../model/capacity/capacity.ts";
import {
  declaredState,
  readCheckpoint,
  readState,
  State,
  stateOfCheckpoint,
  withheldSecrets,
} from "../../engine/index.ts";
import { PROVIDERS } from "../../engine/providers.ts";
import { messageOf, UserError } from "../../model/values/user-error.ts";
import type { ComparedWith } from "../../review/report/report.ts";
import { capacityAt } from "./base-capacity.ts";
import { type EngineConfig, engineConfig, mergedStackFile } from "../stack/effective-config.ts";
import { target } from "../engines/embedded.ts";
import { checkOut, findBase } from "./git-base.ts";
import { exportedState } from "../stack/stack-resources.ts";
import { openIfPossible } from "../stack/passphrase-source.ts";
import type { Basis } from "./plan-basis.ts";
import { identity, type PlanRequest, record } from "./planned-recording.ts";
import { plannedResources, type PlannedResources } from "./planned-resources.ts";
import { planningConfig, standInsFor } from "./planning-config.ts";
import { notesOn } from "./planning-notes.ts";
import { PROJECT_DIR, type Stack } from "../stack/project.ts";
import { readStackFile, type StackFile } from "../stack/stack-file.ts";

/** A plan, what it is compared with, and what its reader must know. */
export interface StackPlan extends PlannedResources {
  readonly comparedWith: ComparedWith;
  /** What the declarations that it is compared with take of their cluster, where they are at hand. */
  readonly capacityBefore?: CapacityPlan | undefined;
  readonly notes: readonly string[];
}

/** Plans the working tree's program for a stack, without touching anything. */
export function planStack(request: PlanRequest, basis: Basis): Promise<StackPlan> {
  switch (basis.kind) {
    case "base":
      return againstBase(request, basis.ref);
    case "state":
      return againstExport(request, { name: basis.file, text: readText(basis.file) });
    case "own state":
      return basis.engine === "embedded"
        ? againstOwnState(request)
        : againstExport(request, { name: "the Pulumi CLI", text: exportedState(request.stack) });
    case "nothing":
      return againstNothing(request);
  }
}

async function againstBase(request: PlanRequest, ref: string | undefined): Promise<StackPlan> {
  const { stack } = request;
  const base = await findBase(PROJECT_DIR, ref);
  const checkout = await checkOut(PROJECT_DIR, base.commit);
  try {
    const now = readStackFile(stack.file);
    const before = stackFileAt(checkout.folder, stack);
    const standIns = await standInsFor(now, before);
    const config = planningConfig(now, standIns);
    const [recording, old] = await Promise.all([
      record(request, config),
      before === undefined
        ? { state: State.of([]), failures: [] }
        : declaredAt(request, checkout.folder, planningConfig(before, standIns)),
    ]);
    if (old.failures.length > 0) {
      const faults = old.failures.map(({ message }) => `\n  - ${message}`).join("");
      throw new UserError(
        `The program of the base, commit ${base.commit} (${base.ref}), cannot be planned:${faults}`,
      );
    }
    const absent =
      before === undefined
        ? [`Stack ${stack.name} is new: the base has no ${path.basename(stack.file)}.`]
        : [];
    return {
      ...plannedResources(stack, recording, old.state),
      comparedWith: { kind: "base", ...base },
      capacityBefore: before && (await capacityAt(checkout.folder, before)),
      notes: [...absent, ...notesOn(stack, config)],
    };
  } finally {
    checkout.remove();
  }
}

/** The stack file at the base; a file outside the project is the same at any commit. */
function stackFileAt(folder: string, { file }: Stack): StackFile | undefined {
  const inside = path.relative(PROJECT_DIR, file);
  if (inside.startsWith("..") || path.isAbsolute(inside)) return readStackFile(file);
  const there = path.join(folder, inside);
  return existsSync(there) ? readStackFile(there) : undefined;
}

async function declaredAt(request: PlanRequest, projectDir: string, config: EngineConfig) {
  const { goals, failures } = await record({ ...request, onMessage: ignore }, config, {
    projectDir,
  });
  if (failures.length > 0) return { state: State.of([]), failures };
  return declaredState({ stack: identity(request.stack), providers: PROVIDERS, goals });
}

const ignore = (): void => undefined;

interface Export {
  /** Where it is from. */
  readonly name: string;
  readonly text: string;
}

async function againstExport(request: PlanRequest, { name, text }: Export): Promise<StackPlan> {
  const { stack } = request;
  const checkpoint = readCheckpoint(text, name, identity(stack));
  const merged = mergedStackFile(stack);
  const [configCipher, stateCipher] = await Promise.all([
    openIfPossible(merged.encryptionsalt),
    openIfPossible(checkpoint.salt),
  ]);
  const standIns = await standInsFor(merged);
  const blind = stateCipher === undefined && checkpoint.hasSecrets;
  const secretsWithheld =
    blind || planningConfig(merged, standIns, configCipher).withheld.length > 0;
  const run = async (label: string) => {
    const config = planningConfig(merged, { ...standIns, label }, configCipher);
    // Shaped like a key: nothing else that programs are given back is looked at so closely.
    const cipher = stateCipher ?? withheldSecrets(`-----BEGIN PRIVATE KEY-----\n${label}\n`);
    const state = stateOfCheckpoint(checkpoint, cipher, PROVIDERS);
    return { config, recording: await record(request, config, { state, secretsWithheld }) };
  };
  const [{ config, recording }, control] = await Promise.all([
    run("one"),
    secretsWithheld ? run("other") : undefined,
  ]);
  const state = stateOfCheckpoint(checkpoint, stateCipher ?? withheldSecrets(), PROVIDERS);
  return {
    ...plannedResources(stack, recording, state, control?.recording),
    comparedWith: { kind: "state", file: name },
    notes: [
      ...(secretsWithheld ? ["There is no passphrase here: secrets were not compared."] : []),
      ...notesOn(stack, { ...config, withheld: [] }),
    ],
  };
}

async function againstOwnState(request: PlanRequest): Promise<StackPlan> {
  const at = target(request.stack);
  const [config, state] = await Promise.all([
    engineConfig(request.stack, at.passphrase),
    readState(at),
  ]);
  const recording = await record(request, config, { state });
  return {
    ...plannedResources(request.stack, recording, state),
    comparedWith: { kind: "own state" },
    notes: [],
  };
}

async function againstNothing(request: PlanRequest): Promise<StackPlan> {
  const merged = mergedStackFile(request.stack);
  const config = planningConfig(merged, await standInsFor(merged));
  const recording = await record(request, config);
  return {
    ...plannedResources(request.stack, recording, State.of([])),
    comparedWith: { kind: "nothing" },
    notes: notesOn(request.stack, config),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`The state ${file} cannot be read: ${messageOf(error)}`);
  }
}
