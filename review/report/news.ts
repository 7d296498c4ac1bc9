import { evaluate, isBlocking, type PolicyContext } from "../../policy/evaluate.ts";
import type { Finding } from "../../policy/finding.ts";
import type { CapacityFinding } from "../../model/capacity/capacity.ts";
import type { Change } from "../change.ts";

/** What a report says, and whether it was so before the change, too. */
export type Known<T> = T & { readonly before?: boolean };

/** What the policies find in what is declared, each with whether they found it in what was there before. */
export function judgedFindings(
  changes: readonly Change[],
  context: PolicyContext,
): Known<Finding>[] {
  const declared = changes.flatMap(({ after, declared: said }) => said ?? after ?? []);
  const earlier = changes.flatMap(({ before }) => before ?? []);
  const known = new Set(evaluate(earlier, context).map(identity));
  return evaluate(declared, context).map((one) => ({ ...one, before: known.has(identity(one)) }));
}

/** The same of what the planner finds. */
export function judgedCapacity(
  now: readonly CapacityFinding[],
  earlier: readonly CapacityFinding[] = [],
): Known<CapacityFinding>[] {
  const known = new Set(earlier.map(({ message }) => message));
  return now.map((one) => ({ ...one, before: known.has(one.message) }));
}

/** What stops a change is told whether it was there before or not. */
export const isNews = (finding: Known<Finding>): boolean =>
  isBlocking(finding) || finding.before !== true;

export const isCapacityNews = ({ verdict, before }: Known<CapacityFinding>): boolean =>
  verdict === "failure" || before !== true;

const identity = ({ rule, level, urn, message, waiver }: Finding): string =>
  JSON.stringify([rule, level, urn, message, waiver ?? null]);
