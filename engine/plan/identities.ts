import { formerUrns } from "./aliases.ts";
import type { ResourceGoal } from "./resource-goal.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import { makeUrn } from "../values/urn.ts";
import { UserError } from "../../model/values/user-error.ts";

/** Which recorded resource each declared one is. */
export class Identities {
  readonly #stack: { readonly stack: string; readonly project: string };
  readonly #state: State;
  readonly #declared = new Set<string>();
  /** Recorded URNs found by an alias, with who claimed them, and the other way round. */
  readonly #claimed = new Map<string, string>();
  readonly #former = new Map<string, string>();

  constructor(stack: { readonly stack: string; readonly project: string }, state: State) {
    this.#stack = stack;
    this.#state = state;
  }

  /** Whether the URN was declared in this run, or claimed by an alias. */
  isTaken(urn: string): boolean {
    return this.#declared.has(urn) || this.#claimed.has(urn);
  }

  /**
   * The resource's URN, and its record under that URN or under an alias. Throws {@link UserError}
   * when somebody else has the one or the other.
   */
  claim(goal: ResourceGoal): { urn: string; old: ResourceRecord | undefined } {
    const { stack, project } = this.#stack;
    const { parent, type, name } = goal;
    const urn = makeUrn(stack, project, parent, type, name);
    if (this.#declared.has(urn)) {
      throw new UserError(
        `duplicate resource URN ${urn}: two resources of one type and parent are named "${name}"; rename one`,
      );
    }
    const claimant = this.#claimed.get(urn);
    if (claimant !== undefined) {
      throw new UserError(`${claimant} has the alias ${urn}, which is declared as well; drop one`);
    }
    this.#declared.add(urn);
    const old = this.#state.resources.get(urn);
    if (old !== undefined) return { urn, old };
    const identity = { stack, project, parent, type, name };
    const candidates = formerUrns(identity, goal.aliases, (other) => this.#former.get(other));
    const found = candidates.find((candidate) => this.#state.resources.has(candidate));
    return { urn, old: found === undefined ? undefined : this.#take(found, urn) };
  }

  #take(found: string, urn: string): ResourceRecord | undefined {
    const other = this.#declared.has(found) ? found : this.#claimed.get(found);
    if (other !== undefined) {
      throw new UserError(`the alias ${found} of ${urn} is taken by ${other}; drop one`);
    }
    this.#claimed.set(found, urn);
    this.#former.set(urn, found);
    return this.#state.resources.get(found);
  }
}
