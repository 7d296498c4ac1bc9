import { UserError } from "../../model/values/user-error.ts";
import type { EngineName } from "../engines/engine-choice.ts";

/** What a plan is to be compared with. */
export type Basis =
  | { readonly kind: "base"; readonly ref: string | undefined }
  | { readonly kind: "state"; readonly file: string }
  /** The state that an engine keeps of the stack. */
  | { readonly kind: "own state"; readonly engine: EngineName }
  | { readonly kind: "nothing" };

export interface BasisFacts {
  readonly base: string | undefined;
  readonly state: string | undefined;
  /** The engine that has made something of the stack, as far as this machine knows. */
  readonly heldBy: EngineName | undefined;
  /** The stack is one of this machine: nobody else has made anything of it. */
  readonly local: boolean;
}

/**
 * What was asked for; else what an engine has made of the stack. A stack of this machine
 * that was never started is all new. The state of any other stack is kept elsewhere, so what the main
 * branch declares stands for it.
 */
export function basisOf({ base, state, heldBy, local }: BasisFacts): Basis {
  if (base !== undefined && state !== undefined) {
    throw new UserError("--base and --state are two answers to one question: give one of them.");
  }
  if (state !== undefined) return { kind: "state", file: state };
  if (base === "none") return { kind: "nothing" };
  if (base !== undefined) return { kind: "base", ref: base };
  if (heldBy !== undefined) return { kind: "own state", engine: heldBy };
  return local ? { kind: "nothing" } : { kind: "base", ref: undefined };
}
