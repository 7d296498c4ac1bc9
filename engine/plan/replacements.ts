import { UNKNOWN } from "../values/value.ts";
import type { Drivers } from "../drivers/registry.ts";
import { mapValues, revealAll } from "../values/property-values.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import { providerPackage } from "../values/urn.ts";

/** Which objects go because of replacements, and which resources are drawn into them. */
export class Replacements {
  readonly #state: State;
  readonly #drivers: Drivers;
  /** Old URNs whose objects are deleted in the middle of this run, and why. */
  readonly #deleted = new Map<string, readonly string[]>();
  readonly #replaced = new Set<string>();
  #dependents: Map<string, ResourceRecord[]> | undefined;

  constructor(state: State, drivers: Drivers) {
    this.#state = state;
    this.#drivers = drivers;
  }

  isDeleted(urn: string): boolean {
    return this.#deleted.has(urn);
  }

  /** Whether the resource gets a new object in this run; the old one goes, sooner or later. */
  isReplaced(urn: string): boolean {
    return this.#replaced.has(urn);
  }

  reasonFor(urn: string): readonly string[] {
    return this.#deleted.get(urn) ?? [];
  }

  markReplaced(urn: string): void {
    this.#replaced.add(urn);
  }

  record(old: ResourceRecord, deleted: boolean, cascade: readonly ResourceRecord[]): void {
    this.#replaced.add(old.urn);
    if (deleted) this.#deleted.set(old.urn, this.reasonFor(old.urn));
    for (const { urn } of cascade) this.#deleted.set(urn, ["dependency"]);
  }

  /**
   * The resources that cannot stay when `root` is deleted before its successor exists, those they
   * depend on first. A dependent must be replaced when it is deleted with one that is, or when its
   * driver would replace it if the properties that come from one became unknown; one that merely
   * waits for another (`dependsOn`) stays. `done` tells what this run has already handled: it cannot
   * depend on `root` any more.
   */
  dependentsToReplace(
    root: ResourceRecord,
    done: (urn: string) => boolean,
  ): readonly ResourceRecord[] {
    const going = new Set([root.urn]);
    const result: ResourceRecord[] = [];
    for (const record of this.#transitiveDependents(root)) {
      if (done(record.urn) || this.isDeleted(record.urn)) continue;
      if (!this.#mustGoWith(record, going)) continue;
      going.add(record.urn);
      result.push(record);
    }
    return result;
  }

  #mustGoWith(record: ResourceRecord, going: ReadonlySet<string>): boolean {
    if (!record.custom || record.pendingReplacement) return false;
    if (going.has(this.#state.current(record.deletedWith))) return true;
    if (providerPackage(record.type) !== undefined) return false;
    const uncertain = (key: string): boolean =>
      record.propertyDependencies[key]?.some((urn) => going.has(this.#state.current(urn))) ?? false;
    if (!Object.keys(record.inputs).some(uncertain)) return false;
    const inputs = revealAll(record.inputs);
    const state = { id: record.id, inputs, outputs: revealAll(record.outputs) };
    const assumed = mapValues(inputs, (value, key) => (uncertain(key) ? UNKNOWN : value));
    const provider = this.#state.resources.get(this.#state.current(record.provider));
    const driver = this.#drivers.resource(record.type);
    const diff = driver.diff(state, assumed, revealAll(provider?.inputs ?? {}));
    return diff.replace.length > 0 || diff.changed.some((k) => record.replaceOnChanges.includes(k));
  }

  /** Everything that depends on `root`, directly or not, in an order dependencies come first in. */
  #transitiveDependents(root: ResourceRecord): ResourceRecord[] {
    const dependents = (this.#dependents ??= this.#indexDependents());
    const visited = new Set([root.urn]);
    const postorder: ResourceRecord[] = [];
    const stack: { record: ResourceRecord; next: number }[] = [{ record: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = dependents.get(top.record.urn)?.[top.next];
      top.next += 1;
      if (child === undefined) {
        postorder.push(top.record);
        stack.pop();
      } else if (!visited.has(child.urn)) {
        visited.add(child.urn);
        stack.push({ record: child, next: 0 });
      }
    }
    postorder.pop();
    return postorder.reverse();
  }

  #indexDependents(): Map<string, ResourceRecord[]> {
    const index = new Map<string, ResourceRecord[]>();
    for (const record of this.#state.resources.values()) {
      for (const urn of this.#state.dependenciesOf(record)) {
        const known = index.get(urn);
        if (known === undefined) index.set(urn, [record]);
        else known.push(record);
      }
    }
    return index;
  }
}
