import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readCheckpoint, stateOfCheckpoint } from "../engine/checkpoint.ts";
import { readState } from "../engine/engine.ts";
import type { Failure } from "../engine/events.ts";
import { declaredState, planGoals, type PlannedResource } from "../engine/plan.ts";
import { type Recording, recordProgram } from "../engine/recording.ts";
import { State } from "../engine/state.ts";
import { messageOf, UserError } from "../engine/user-error.ts";
import { withheldSecrets } from "../engine/wire.ts";
import type { CapacityPlan } from "../components/settings/capacity-plan.ts";
import type { ComparedWith } from "../report/report.ts";
import { capacityAt } from "./base-capacity.ts";
import { type EngineConfig, engineConfig, mergedStackFile } from "./effective-config.ts";
import { PROVIDERS, target } from "./embedded.ts";
import { checkOut, findBase } from "./git-base.ts";
import { openIfPossible } from "./passphrase-source.ts";
import type { Basis } from "./plan-basis.ts";
import { planningConfig, type PlanningConfig, type StandIns } from "./planning-config.ts";
import { PROJECT, PROJECT_DIR, type Stack } from "./project.ts";
import { readStackFile, type StackFile } from "./stack-file.ts";

/** A plan, what it is compared with, and what its reader must know. */
export interface StackPlan {
  readonly resources: readonly PlannedResource[];
  /** What is wrong with the program or its configuration. */
  readonly failures: readonly Failure[];
  readonly comparedWith: ComparedWith;
  /** What the declarations that it is compared with take of their cluster, where they are at hand. */
  readonly capacityBefore?: CapacityPlan | undefined;
  readonly notes: readonly string[];
}

export interface PlanRequest {
  readonly stack: Stack;
  readonly signal: AbortSignal;
  /** Hears what the program says, line by line. */
  readonly onMessage: (message: string) => void;
}

/** Plans the working tree's program for a stack, without touching anything. */
export function planStack(request: PlanRequest, basis: Basis): Promise<StackPlan> {
  switch (basis.kind) {
    case "base":
      return againstBase(request, basis.ref);
    case "state":
      return againstExport(request, basis.file);
    case "own state":
      return againstOwnState(request);
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
      ...plan(request, recording, old.state),
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

async function againstExport(request: PlanRequest, file: string): Promise<StackPlan> {
  const { stack } = request;
  const checkpoint = readCheckpoint(readText(file), file, identity(stack));
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
  const [{ config, recording }, twin] = await Promise.all([
    run("one"),
    secretsWithheld ? run("other") : undefined,
  ]);
  const state = stateOfCheckpoint(checkpoint, stateCipher ?? withheldSecrets(), PROVIDERS);
  return {
    ...plan(request, recording, state, twin?.recording),
    comparedWith: { kind: "state", file },
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
  return { ...plan(request, recording, state), comparedWith: { kind: "own state" }, notes: [] };
}

async function againstNothing(request: PlanRequest): Promise<StackPlan> {
  const merged = mergedStackFile(request.stack);
  const config = planningConfig(merged, await standInsFor(merged));
  const recording = await record(request, config);
  return {
    ...plan(request, recording, State.of([])),
    comparedWith: { kind: "nothing" },
    notes: notesOn(request.stack, config),
  };
}

/** What the program declares for a stack by its file in git alone: no state, no secrets, no local file. */
export async function declaredGoals(request: PlanRequest): Promise<Recording> {
  const file = readStackFile(request.stack.file);
  return record(request, planningConfig(file, await standInsFor(file)));
}

const identity = ({ name }: Stack) => ({ stack: name, project: PROJECT });

function record(
  { stack, signal, onMessage }: PlanRequest,
  config: EngineConfig,
  {
    projectDir = PROJECT_DIR,
    ...more
  }: { projectDir?: string; state?: State; secretsWithheld?: boolean } = {},
): Promise<Recording> {
  return recordProgram({
    target: { projectDir, ...identity(stack) },
    config,
    providers: PROVIDERS,
    signal,
    ...more,
    // Errors are among the recording's failures.
    onEvent: (event) => {
      if (event.kind === "diagnostic" && event.severity !== "error") onMessage(event.message);
    },
  });
}

function plan(
  { stack }: PlanRequest,
  recording: Recording,
  state: State,
  twin?: Recording,
): Pick<StackPlan, "resources" | "failures"> {
  const { resources, failures } = planGoals({
    stack: identity(stack),
    providers: PROVIDERS,
    goals: recording.goals,
    ...(twin && { twin: twin.goals }),
    state,
  });
  // A recorded refusal to change what is there is a property of the plan and not a fault of the program.
  const isChange = ({ before, after, verb }: PlannedResource): boolean =>
    before !== undefined && after !== undefined && verb !== "same";
  const changing = new Set(resources.filter(isChange).map(({ urn }) => urn));
  const refused = new Set(
    resources.filter(({ refusals }) => refusals.length > 0).map(({ urn }) => urn),
  );
  const wrong = new Set(failures.map(({ urn }) => urn));
  const said = Map.groupBy(
    recording.failures.filter(({ urn }) => !refused.has(urn) && !wrong.has(urn)),
    ({ urn }) => (changing.has(urn) ? "refusals" : "others"),
  );
  const refusals = Map.groupBy(said.get("refusals") ?? [], ({ urn }) => urn);
  const others = said.get("others") ?? [];
  const interrupted =
    recording.status === "interrupted" ? [{ urn: "", message: "interrupted" }] : [];
  const judged = resources.map((resource) => {
    const own = (refusals.get(resource.urn) ?? []).map(({ message }) => message);
    return { ...resource, refusals: [...resource.refusals, ...own] };
  });
  return { resources: judged, failures: [...failures, ...others, ...interrupted] };
}

async function standInsFor(...files: readonly (StackFile | undefined)[]): Promise<StandIns> {
  const none = { label: "plan", authority: { certificate: "", key: "" } };
  const lacking = files.some(
    (file) => file && planningConfig(file, none).missing.some(isAuthority),
  );
  if (!lacking) return none;
  const { createCertificateAuthority } = await import("./certificate-authority.ts");
  return { ...none, authority: await createCertificateAuthority("stand-in", new Date()) };
}

const isAuthority = (key: string): boolean => key.endsWith(".caCertificate");

function notesOn({ file, name }: Stack, { missing, withheld }: PlanningConfig): string[] {
  const short = (key: string): string => key.slice(PROJECT.length + 1);
  const image = missing.filter((key) => key.endsWith(".image"));
  const made = missing.filter((key) => !image.includes(key));
  const lacking = (keys: readonly string[], command: string): string[] =>
    keys.length === 0
      ? []
      : [
          `${path.basename(file)} does not say ${keys.map(short).join(", ")} yet, so something stands in for it; \`${command}\` writes it.`,
        ];
  return [
    ...lacking(made, `npm run init -- --stack ${name}`),
    ...lacking(image, `npm run image -- --stack ${name} --push REPOSITORY`),
    ...(withheld.length === 0
      ? []
      : [`Secrets were not decrypted: that one changed is seen, what it is is not.`]),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`The state ${file} cannot be read: ${messageOf(error)}`);
  }
}
