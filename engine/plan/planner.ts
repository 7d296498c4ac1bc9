import type { Diff } from "../drivers/driver.ts";
import type { Properties } from "../values/value.ts";
import type { Drivers } from "../drivers/registry.ts";
import type { ResourceGoal } from "./resource-goal.ts";
import { Identities } from "./identities.ts";
import { ignoreChanges } from "./ignore-changes.ts";
import { changedKeys, type Comparable } from "./comparison.ts";
import { protectedMessage } from "./protection.ts";
import { containsUnknown, markAllLike, revealAll } from "../values/property-values.ts";
import { Replacements } from "./replacements.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import { providerPackage } from "../values/urn.ts";
import { UserError } from "../../model/values/user-error.ts";

/** What is to be done to bring one resource from its recorded state to its goal. */
export type StepDecision = {
  /** The record after the step; id and outputs are the old ones where they stay. */
  readonly next: ResourceRecord;
  /** Faults that forbid the step. Nothing else of the decision holds then, but for display. */
  readonly refusals: readonly string[];
} & (
  | { readonly verb: "create"; readonly old: undefined }
  | { readonly verb: "same"; readonly old: ResourceRecord }
  | { readonly verb: "update"; readonly old: ResourceRecord; readonly changed: readonly string[] }
  | {
      readonly verb: "replace";
      readonly old: ResourceRecord;
      readonly changed: readonly string[];
      readonly replaceKeys: readonly string[];
      readonly deleteBeforeReplace: boolean;
      /** What goes before the new object is made: the old one and what must be replaced with it. */
      readonly deleteFirst: readonly ResourceRecord[];
    }
);

/**
 * Decides, one registration after the other, without any I/O. Remembers what it decided: later
 * decisions depend on it.
 */
export class Planner {
  readonly #identities: Identities;
  readonly #state: State;
  readonly #drivers: Drivers;
  readonly #dryRun: boolean;
  readonly #replacements: Replacements;
  readonly #comparable: Comparable;
  /** Registered in this run, by URN. */
  readonly #seen = new Map<string, ResourceRecord>();

  constructor(
    stack: { readonly stack: string; readonly project: string },
    state: State,
    drivers: Drivers,
    dryRun: boolean,
    comparable: Comparable = (old, next) => [old, next],
  ) {
    this.#identities = new Identities(stack, state);
    this.#state = state;
    this.#drivers = drivers;
    this.#dryRun = dryRun;
    this.#comparable = comparable;
    this.#replacements = new Replacements(state, drivers);
  }

  /** URNs whose objects are deleted, or will be, because something is replaced. */
  get replacements(): Replacements {
    return this.#replacements;
  }

  /** The resource as it was registered in this run. */
  registered(urn: string): ResourceRecord | undefined {
    return this.#seen.get(urn);
  }

  /** Recorded resources the program does not declare any more. */
  undeclared(): ResourceRecord[] {
    return [...this.#state.resources.values()].filter(({ urn }) => !this.#identities.isTaken(urn));
  }

  /** Throws {@link UserError} when the goal cannot be planned at all. */
  decide(goal: ResourceGoal): StepDecision {
    const { urn, old } = this.#identities.claim(goal);
    const next = this.#desired(urn, goal, old);
    this.#seen.set(urn, next);
    if (goal.custom && providerPackage(goal.type) === undefined) this.#requireProvider(next);
    const decision = this.#compare(goal, old, next);
    // What follows is to see a provider's arguments as its check left them.
    this.#seen.set(urn, decision.next);
    return decision;
  }

  /** The goal as a record: options inherited from the parent, inputs checked. */
  #desired(urn: string, goal: ResourceGoal, old: ResourceRecord | undefined): ResourceRecord {
    const parent = this.#seen.get(goal.parent);
    return {
      urn,
      type: goal.type,
      custom: goal.custom,
      id: "",
      parent: goal.parent,
      provider: goal.provider,
      inputs: ignoreChanges(goal.inputs, old?.inputs ?? {}, old ? goal.ignoreChanges : []),
      outputs: {},
      dependencies: goal.dependencies,
      propertyDependencies: goal.propertyDependencies,
      protect: goal.protect ?? parent?.protect ?? false,
      retainOnDelete: goal.retainOnDelete ?? parent?.retainOnDelete ?? false,
      timeouts: goal.timeouts,
      deletedWith: goal.deletedWith || (parent?.deletedWith ?? ""),
      replaceOnChanges: goal.replaceOnChanges,
      additionalSecretOutputs: goal.additionalSecretOutputs,
      hooks: goal.hooks,
      pendingReplacement: false,
    };
  }

  #requireProvider(next: ResourceRecord): void {
    this.#drivers.resource(next.type);
    if (next.provider !== "" && this.#seen.has(next.provider)) return;
    throw new UserError(
      `no provider was given for ${next.urn}, and the embedded engine makes no default providers; ` +
        `pass the option provider, or providers on a component above`,
    );
  }

  #compare(
    goal: ResourceGoal,
    old: ResourceRecord | undefined,
    unchecked: ResourceRecord,
  ): StepDecision {
    const [next, refusals] = this.#check(unchecked);
    if (old === undefined || refusals.length > 0) {
      return { verb: "create", old: undefined, next, refusals };
    }
    if (old.pendingReplacement || this.#replacements.isDeleted(old.urn)) {
      const keys = this.#replacements.reasonFor(old.urn);
      return this.#replace(old, next, { changed: [], replace: keys }, goal, []);
    }
    const diff = this.#diff(old, next, goal);
    if (diff.replace.length > 0) {
      const protectedFrom = next.protect && old.protect ? [protectedMessage("replaced")] : [];
      return this.#replace(old, next, diff, goal, protectedFrom);
    }
    const kept = { ...next, id: old.id, outputs: old.outputs };
    const interrupted = this.#state.pending.get(old.urn) === "update";
    return diff.changed.length > 0 || interrupted
      ? { verb: "update", old, next: kept, changed: diff.changed, refusals }
      : { verb: "same", old, next: kept, refusals };
  }

  #check(next: ResourceRecord): [ResourceRecord, string[]] {
    if (!next.custom) return [next, []];
    const unknown = Object.keys(next.inputs).filter((key) =>
      containsUnknown(next.inputs[key] ?? null),
    );
    if (unknown.length > 0 && !this.#dryRun) {
      return [next, [`${unknown.join(", ")}: the value is still unknown`]];
    }
    const inputs = revealAll(next.inputs);
    const result = this.#drivers.check(next.type, inputs, this.#providerArguments(next));
    const faults = result.failures.map(({ property, reason }) => `${property}: ${reason}`);
    return [{ ...next, inputs: markAllLike(result.inputs, next.inputs) }, faults];
  }

  #diff(old: ResourceRecord, next: ResourceRecord, goal: ResourceGoal): Diff {
    if (old.custom !== next.custom || old.type !== next.type) {
      return { changed: [], replace: ["type"], deleteBeforeReplace: false };
    }
    if (next.deletedWith !== "" && this.#replacements.isReplaced(next.deletedWith)) {
      return { ...this.#driverDiff(old, next), replace: ["deletedWith"] };
    }
    const diff = this.#driverDiff(old, next);
    const forced = diff.changed.filter((key) => goal.replaceOnChanges.includes(key));
    const replace = [...new Set([...diff.replace, ...forced])];
    // An interrupted delete of what is declared after all: the object may be gone.
    if (this.#state.pending.get(old.urn) === "delete") {
      return { changed: diff.changed, replace: ["interrupted delete"], deleteBeforeReplace: true };
    }
    return { ...diff, replace };
  }

  #driverDiff(old: ResourceRecord, next: ResourceRecord): Diff {
    const [before, after] = this.#comparable(old.inputs, next.inputs, next.urn);
    if (next.custom && providerPackage(next.type) === undefined) {
      const state = {
        id: old.id,
        inputs: revealAll(before),
        outputs: revealAll(old.outputs),
      };
      const driver = this.#drivers.resource(next.type);
      return driver.diff(state, revealAll(after), this.#providerArguments(next));
    }
    return { changed: changedKeys(before, after), replace: [] };
  }

  #providerArguments({ provider }: ResourceRecord): Properties {
    return revealAll(this.#seen.get(provider)?.inputs ?? {});
  }

  #replace(
    old: ResourceRecord,
    next: ResourceRecord,
    diff: Diff,
    goal: ResourceGoal,
    refusals: readonly string[],
  ): StepDecision {
    const gone = old.pendingReplacement || this.#replacements.isDeleted(old.urn);
    const deleteBeforeReplace =
      gone || (goal.deleteBeforeReplace ?? diff.deleteBeforeReplace ?? false);
    const cascade =
      deleteBeforeReplace && !gone
        ? this.#replacements.dependentsToReplace(old, (urn) => this.#identities.isTaken(urn))
        : [];
    const held = cascade
      .filter((record) => record.protect)
      .map(({ urn }) => `it cannot be replaced, because ${urn} would be, too, and is protected`);
    const all = [...refusals, ...held];
    if (all.length === 0) this.#replacements.record(old, deleteBeforeReplace, cascade);
    this.#replacements.markReplaced(next.urn);
    return {
      verb: "replace",
      old,
      next,
      changed: diff.changed,
      replaceKeys: diff.replace,
      deleteBeforeReplace,
      deleteFirst: gone ? [] : deleteBeforeReplace ? [...cascade, old] : [],
      refusals: all,
    };
  }
}
