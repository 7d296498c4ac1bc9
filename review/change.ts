import type { PolicyResource } from "../policy/resource.ts";
import type { Verb } from "./verb.ts";

/** One resource of a plan: as it was, as it is declared, and what is to be done. */
export interface Change {
  readonly verb: Verb;
  readonly urn: string;
  /** Pulumi type token, such as `kafka:index/topic:Topic`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Absent for a create. */
  readonly before?: PolicyResource | undefined;
  /** As the engine would record it. Absent for a delete. */
  readonly after?: PolicyResource | undefined;
  /** As the program says it, which is what policies judge. @default `after` */
  readonly declared?: PolicyResource | undefined;
  /** Properties, or other reasons, for which it is replaced. */
  readonly replaceKeys: readonly string[];
  /** The old object goes before the new one is made. */
  readonly deleteBeforeReplace: boolean;
  /** Why an `up` would refuse it. */
  readonly refusals: readonly string[];
  /** Paths that could not be compared, because they were computed from withheld secrets. */
  readonly withheld: readonly string[];
}
