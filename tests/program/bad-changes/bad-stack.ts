import type { PolicyRule } from "../../../model/agreements/policy-rules.ts";
import type { Path } from "../../support/pulumi/placed.ts";

/**
 * A stack that policies must refuse: the shipped one of an environment, and what is wrong with it. It is
 * judged on the embedded path and by the Pulumi CLI, which must say the same.
 */
export interface BadStack {
  readonly stack: "dev" | "prod";
  /** Keys of the stack file, without their prefix; objects are laid over what is there. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** One more file of the catalogue. */
  readonly domain?: unknown;
  /** What somebody has changed in the program. */
  readonly patches?: readonly Patch[];
  /** What somebody has added to the program. */
  readonly additions?: readonly Addition[];
  /** The mandatory rules that are broken, by whom; or by how many. Nothing else is broken. */
  readonly breaks: { readonly [Rule in PolicyRule]?: readonly string[] | number };
  /** Why the Pulumi CLI cannot find it. @default it finds the same */
  readonly unseenByCli?: string;
}

/** A change of one resource as it is registered. */
export interface Patch {
  readonly type: string;
  readonly name: string;
  /** Place in the inputs. */
  readonly at?: Path;
  /** What is put there; `REMOVED` takes away what is there, `UNKNOWN` is known after an apply only. */
  readonly value?: unknown;
  /** Instead of `value`: a part of the text that is there, and what takes its place. */
  readonly replace?: readonly [string, string];
}

/** A resource that no component makes. */
export interface Addition {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
