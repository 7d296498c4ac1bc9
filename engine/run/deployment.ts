import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { Comparable } from "../plan/comparison.ts";
import { type Deletion, Deletions } from "./deletions.ts";
import type { ResourceGoal } from "../plan/resource-goal.ts";
import { readGoal } from "./registration.ts";
import { markOutputs, Operations } from "./operations.ts";
import type { EngineContext } from "./engine-context.ts";
import { type StepDecision, Planner } from "../plan/planner.ts";
import { protectedMessage } from "../plan/protection.ts";
import { equal, type PropertyMap } from "../values/property-values.ts";
import { RunStopped } from "./run.ts";
import { type ResourceRecord, sameRecord } from "../state/resource-record.ts";
import { makeUrn, ROOT_STACK_TYPE } from "../values/urn.ts";

/** What the program is told of a resource it registered. */
export interface Registered {
  readonly urn: string;
  /** Empty while unknown. */
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** Who writes down what a program declares. */
export interface Recorder {
  /** Hears of every registration, before anything is decided about it. */
  readonly onGoal?: (goal: ResourceGoal) => void;
  /** What is compared in place of the values that are recorded. */
  readonly comparable?: Comparable;
}

/** One run of the program, as an update or as a preview of one: from registrations to deletes. */
export class Deployment {
  readonly #engine: EngineContext;
  readonly #stack: { readonly stack: string; readonly project: string };
  readonly #planner: Planner;
  readonly #operations: Operations;
  readonly #deletions: Deletions;
  readonly #onGoal: (goal: ResourceGoal) => void;
  readonly #results = new Map<string, ResourceRecord>();
  /** Old objects of this run's replacements, to be deleted at its end. */
  readonly #pendingDeletes: ResourceRecord[] = [];
  #outputs: PropertyMap | undefined;
  /** The stack, when the program has given out nothing. */
  #nothingGivenOut: ResourceRecord | undefined;

  constructor(
    engine: EngineContext,
    stack: { readonly stack: string; readonly project: string },
    { onGoal = () => undefined, comparable }: Recorder = {},
  ) {
    const { state, drivers, run } = engine;
    this.#engine = engine;
    this.#stack = stack;
    this.#onGoal = onGoal;
    this.#planner = new Planner(stack, state, drivers, run.dryRun, comparable);
    this.#operations = new Operations(engine);
    const planner = this.#planner;
    this.#deletions = new Deletions(
      engine,
      this.#operations,
      (record) => planner.registered(record.urn)?.hooks ?? record.hooks,
      (urn) => planner.replacements.isReplaced(urn) || planner.replacements.isDeleted(urn),
    );
    for (const [urn, operation] of state.pending) {
      if (operation === "create") run.diagnose("warning", interruptedCreate, urn);
    }
  }

  /** The stack's outputs; those of the last run until the program has set them. */
  get outputs(): PropertyMap {
    const { stack, project } = this.#stack;
    const root = makeUrn(stack, project, "", ROOT_STACK_TYPE, `${project}-${stack}`);
    return this.#outputs ?? this.#engine.state.resources.get(root)?.outputs ?? {};
  }

  /** A provider resource as it is now. */
  provider(urn: string): ResourceRecord | undefined {
    const current = this.#engine.state.current(urn);
    return this.#results.get(current) ?? this.#engine.state.resources.get(current);
  }

  /**
   * Plans a resource and brings it about. In a preview a resource that cannot be had is answered
   * with nothing known, so that the program goes on and shows the rest.
   */
  async register(request: RegisterResourceRequest): Promise<Registered> {
    const { run } = this.#engine;
    if (run.isStopped()) throw new RunStopped();
    const { stack, project } = this.#stack;
    const urn = makeUrn(stack, project, request.getParent(), request.getType(), request.getName());
    try {
      const goal = readGoal(request);
      run.masker.learn(goal.inputs);
      if (goal.provider !== "") await this.#engine.look?.done(goal.provider);
      if (run.isStopped()) throw new RunStopped();
      this.#onGoal(goal);
      const decision = this.#planner.decide(goal);
      run.masker.learn(decision.next.inputs);
      const record = await this.#perform(decision);
      this.#results.set(urn, record);
      return { urn, id: record.id, outputs: record.custom ? record.outputs : {} };
    } catch (error) {
      run.fail(error, urn);
      if (!run.dryRun || run.isStopped()) throw new RunStopped();
      return { urn, id: "", outputs: {} };
    }
  }

  async #perform(decision: StepDecision): Promise<ResourceRecord> {
    const { run } = this.#engine;
    const { next, refusals, verb } = decision;
    if (verb !== "create" || refusals.length === 0) announce(decision, this.#engine);
    for (const refusal of refusals) run.fail(new Error(refusal), next.urn);
    if (refusals.length > 0) throw new RunStopped();
    switch (decision.verb) {
      case "create":
        return this.#operations.create(next);
      case "same":
        return this.#keep(decision.old, next);
      case "update":
        return this.#operations.update(decision.old, next);
      case "replace":
        return this.#replace(decision);
    }
  }

  async #keep(old: ResourceRecord, next: ResourceRecord): Promise<ResourceRecord> {
    const outputs = markOutputs(old.outputs, next, this.#engine.drivers);
    const record = { ...next, outputs };
    if (!sameRecord(old, record)) await this.#operations.keep(old, record);
    return record;
  }

  async #replace(decision: StepDecision & { verb: "replace" }): Promise<ResourceRecord> {
    const { old, next, deleteFirst, deleteBeforeReplace } = decision;
    await this.#deletions.all(
      deleteFirst.map((record) => ({ record, pendingDelete: false, replacing: true })),
    );
    if (deleteBeforeReplace) return this.#operations.create(next, old);
    const record = await this.#operations.create(next, old, old);
    this.#pendingDeletes.push(old);
    return record;
  }

  /** Records what a component, or the stack, gives out. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    this.#engine.run.masker.learn(outputs);
    const record = this.#results.get(urn);
    if (record === undefined) return;
    if (record.type === ROOT_STACK_TYPE) {
      // A program that throws gives out nothing, and tells that before it tells that it has failed: what
      // the last run gave out stays until this one has succeeded.
      this.#nothingGivenOut = Object.keys(outputs).length === 0 ? record : undefined;
      if (this.#nothingGivenOut) return;
      this.#outputs = outputs;
    }
    if (equal(outputs, record.outputs)) return;
    const next = { ...record, outputs };
    this.#results.set(urn, next);
    await this.#operations.commit({ save: [next] });
  }

  /** The program has registered everything: deletes what it no longer declares. */
  async finish(): Promise<void> {
    const { run, state, look } = this.#engine;
    await look?.settled();
    if (run.failed || run.interrupted) return;
    if (this.#nothingGivenOut && !equal({}, this.#nothingGivenOut.outputs)) {
      this.#outputs = {};
      await this.#operations.commit({ save: [{ ...this.#nothingGivenOut, outputs: {} }] });
    }
    const undeclared = this.#planner.undeclared();
    const fresh = new Set(this.#pendingDeletes);
    const left = [...state.pendingDeletes.values()].filter((record) => !fresh.has(record));
    for (const record of [...undeclared, ...left]) announceDelete(record, this.#engine);
    for (const record of undeclared.filter(({ protect }) => protect)) {
      run.fail(new Error(protectedMessage("deleted")), record.urn);
    }
    if (run.isStopped()) return;
    const deletion = (record: ResourceRecord, pendingDelete: boolean): Deletion => {
      return { record, pendingDelete, replacing: false };
    };
    await this.#deletions.all([
      ...undeclared.map((record) => deletion(record, false)),
      ...[...left, ...fresh].map((record) => deletion(record, true)),
    ]);
    if (run.dryRun || run.isStopped()) return;
    for (const urn of state.pending.keys()) await this.#operations.commit({ ended: urn });
    await state.forgetRenames();
  }
}

const interruptedCreate =
  "was being created when a run was interrupted; it is taken over or created again if it is still declared";

function announce(decision: StepDecision, { run }: EngineContext): void {
  const { verb, next, old } = decision;
  const quiet = verb === "same";
  run.plan(
    {
      urn: next.urn,
      verb,
      changed: "changed" in decision ? decision.changed : [],
      replaceKeys: verb === "replace" ? decision.replaceKeys : [],
      deleteBeforeReplace: verb === "replace" && decision.deleteBeforeReplace,
    },
    {
      ...(!quiet && { new: next.inputs }),
      ...(!quiet && old !== undefined && { old: old.inputs }),
    },
  );
}

/** Reports a delete to come. */
export function announceDelete(record: ResourceRecord, { run }: EngineContext): void {
  const { urn, inputs } = record;
  const step = { urn, verb: "delete", changed: [], replaceKeys: [], deleteBeforeReplace: false };
  run.plan({ ...step, verb: "delete" }, { old: inputs });
}
