import type { Environment } from "../model/values/environment.ts";

import { Undecidable } from "./fields.ts";
import type { Finding } from "./finding.ts";
import type { PolicyResource } from "./resource.ts";
import {
  isResourceRule,
  isStackRule,
  type ResourceRule,
  type Rule,
  type StackRule,
  type Violation,
} from "./rule.ts";
import { RULES } from "./rules.ts";
import { type Stack, stackOf, type Subject, subjectOf } from "./subject.ts";
import { unusedWaivers, waivesNothing } from "./unused-waivers.ts";
import { waive, waiversIn } from "./waivers.ts";
import { isInForce } from "../model/agreements/agreement.ts";

export { isBlocking } from "./finding.ts";

export interface PolicyContext {
  readonly environment: Environment;
  /** Waivers end by this day. */
  readonly today: Date;
  /**
   * Whether the inputs say which values are secret. Where they cannot, the rule on that is not asked.
   *
   * @default true
   */
  readonly secretsMarked?: boolean;
}

/**
 * Every violation, in the order of the resources and of the rules. Waived ones are listed with their
 * waiver.
 */
export function evaluate(
  resources: readonly PolicyResource[],
  context: PolicyContext,
): readonly Finding[] {
  const { environment, today } = context;
  const subjects = resources.map((resource) => asSubject(resource, context));
  const stack = stackOf(subjects, environment);
  const found = [
    ...subjects.flatMap((subject) =>
      (BY_TYPE.get(subject.resource.type) ?? []).flatMap((rule) => judgeResource(rule, subject)),
    ),
    ...RULES.filter(isStackRule).flatMap((rule) => judgeStack(rule, stack)),
  ];
  const waivers = waiversIn(resources);
  const { findings, used } = waive(found, resources, waivers, today);
  const asked = waivers.filter(
    (waiver) => isInForce(waiver, today) && counts(waiver.rule, environment),
  );
  const unused = unusedWaivers(asked, used);
  return inOrder([...findings, ...unused.map(waivesNothing)], resources);
}

/** The resource with what a rule asks besides. */
export const asSubject = (resource: PolicyResource, context: PolicyContext): Subject => {
  const { environment, today, secretsMarked = true } = context;
  return subjectOf(resource, { environment, today, secretsMarked });
};

/** What one rule finds in one resource, before waivers. */
export const judgeResource = (rule: ResourceRule, subject: Subject): readonly Finding[] =>
  judge(rule, subject.environment, () =>
    rule.check(subject).map((message) => ({ urn: subject.resource.urn, message })),
  );

/** What one rule finds in all resources together, before waivers. */
export const judgeStack = (rule: StackRule, stack: Stack): readonly Finding[] =>
  judge(rule, stack.environment, () => rule.checkStack(stack));

function judge(rule: Rule, environment: Environment, check: () => readonly Violation[]): Finding[] {
  const { id, level, environments, reason, fix } = rule;
  if (!environments.includes(environment)) return [];
  try {
    return check().map(({ urn, message }) => ({ rule: id, level, urn, message, reason, fix }));
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    const { urn, message } = error;
    return [{ rule: id, level, urn, message: `undecidable: ${message}`, reason, fix: DECIDE }];
  }
}

/** What cannot be judged is not let pass: it counts as a violation. */
const DECIDE = "Let the program decide it from plain values, without waiting for another resource.";

const BY_TYPE: ReadonlyMap<string, readonly ResourceRule[]> = new Map(
  [
    ...Map.groupBy(
      RULES.filter(isResourceRule).flatMap((rule) => rule.types.map((type) => ({ type, rule }))),
      ({ type }) => type,
    ),
  ].map(([type, all]) => [type, all.map(({ rule }) => rule)] as const),
);

const counts = (id: string, environment: Environment): boolean =>
  RULES.find((rule) => rule.id === id)?.environments.includes(environment) ?? true;

/** By resource; the findings of one stay in order of the rules. */
function inOrder(
  findings: readonly Finding[],
  resources: readonly PolicyResource[],
): readonly Finding[] {
  const place = new Map(resources.map(({ urn }, index) => [urn, index]));
  const of = ({ urn }: Finding) => place.get(urn) ?? resources.length;
  return findings.toSorted((one, other) => of(one) - of(other));
}
