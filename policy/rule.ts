import type { PolicyRule } from "../model/agreements/policy-rules.ts";
import type { Environment } from "../model/values/environment.ts";
import type { Level } from "./finding.ts";
import type { Stack, Subject } from "./subject.ts";

/** What a rule is, apart from how it judges. */
export interface RuleText {
  readonly id: PolicyRule;
  /** What a violation means, wherever the rule counts. */
  readonly level: Level;
  /** Environments in which it counts. */
  readonly environments: readonly Environment[];
  /** What is right, in one line. */
  readonly title: string;
  /** Why there is such a rule. */
  readonly reason: string;
  /** What to do about a violation. */
  readonly fix: string;
}

/** A rule on one resource by itself. It can stop a change before its first step. */
export interface ResourceRule extends RuleText {
  /** Types of the resources that it judges. */
  readonly types: readonly string[];
  /** What is wrong, one sentence each. Pure; throws Undecidable. */
  readonly check: (subject: Subject) => readonly string[];
}

/** A violation that shows only when resources are seen together. */
export interface Violation {
  readonly urn: string;
  readonly message: string;
}

/** A rule on resources seen together. The Pulumi CLI asks it at the end of a preview. */
export interface StackRule extends RuleText {
  /** Pure; throws Undecidable. */
  readonly checkStack: (stack: Stack) => readonly Violation[];
}

export type Rule = ResourceRule | StackRule;

export const isStackRule = (rule: Rule): rule is StackRule => "checkStack" in rule;

export const isResourceRule = (rule: Rule): rule is ResourceRule => !isStackRule(rule);

export const EVERYWHERE: readonly Environment[] = ["dev", "staging", "prod"];
/** Where others than the one who runs it lean on it. */
export const SHARED: readonly Environment[] = ["staging", "prod"];
export const PRODUCTION: readonly Environment[] = ["prod"];

/** `[message]` where something is wrong, else nothing. */
export const when = (wrong: boolean, message: string): string[] => (wrong ? [message] : []);

/** A value in a message. */
export const show = (value: string | number | boolean | undefined): string =>
  value === undefined ? "missing" : typeof value === "string" ? `"${value}"` : String(value);
