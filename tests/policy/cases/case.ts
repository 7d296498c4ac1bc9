import type { PolicyRule } from "../../../model/agreements/policy-rules.ts";
import type { Environment } from "../../../model/values/environment.ts";
import type { PolicyResource } from "../../../policy/resource.ts";

/** One resource or several, and what the rule says of them, word for word; nothing where all is well. */
export type Case = readonly [PolicyResource | readonly PolicyResource[], ...string[]];

/** What is tried on a rule. */
export interface Cases {
  /** Where the rule is tried. @default prod */
  readonly environment?: Environment;
  readonly good: readonly Case[];
  /** At least one, and every way to break it. */
  readonly bad: readonly [Case, ...Case[]];
  /** What the rule reads is not there. */
  readonly missing: readonly [Case, ...Case[]];
  /** What the rule reads is not known yet. */
  readonly unknown: readonly [Case, ...Case[]];
  /** The rule is not about it. */
  readonly unrelated: readonly [Case, ...Case[]];
}

export type CasesOf<Rule extends PolicyRule> = Readonly<Record<Rule, Cases>>;
