import type { Finding } from "../../policy/finding.ts";
import { type AccessReport, accessReport } from "./access.ts";
import { type CapacityChange, capacityChange, type PlannedCapacity } from "./capacity.ts";
import type { Change } from "../change.ts";
import type { Verb } from "../verb.ts";
import { isComponent } from "../../model/stack/resource-types.ts";
import { isRefused } from "../approvals.ts";
import { ApprovalSet } from "../approval-set.ts";
import { idleApprovals } from "../idle-approvals.ts";
import { severity } from "../assessment.ts";
import { type AssessedChange, assessChanges } from "../plan-decisions.ts";
import { judgedFindings, type Known } from "./news.ts";
import { propertyDiffs } from "./property-diff.ts";
import type { ReportedChange } from "./reported-change.ts";
import { summaryOf } from "./summary.ts";
import { assessPlan, type Verdict } from "./verdict.ts";

/** What a plan is compared with: the old state. */
export type ComparedWith =
  | { readonly kind: "base"; readonly ref: string; readonly commit: string }
  | { readonly kind: "state"; readonly file: string }
  | { readonly kind: "own state" }
  | { readonly kind: "nothing" };

export interface ReportInput {
  readonly stack: string;
  readonly environment: "dev" | "staging" | "prod";
  readonly comparedWith: ComparedWith;
  /** All resources, those that stay as they are included. */
  readonly changes: readonly Change[];
  /** What the planner says of the declarations. @default not known, and not judged */
  readonly capacity?: PlannedCapacity;
  /** Day on which waivers and approvals are judged. */
  readonly today: Date;
  /** What a reader must know to read the rest: stand-ins, values that could not be compared. */
  readonly notes?: readonly string[];
}

export interface Report extends Pick<ReportInput, "stack" | "environment" | "comparedWith"> {
  readonly notes: readonly string[];
  /** Resources per verb; components are not counted. */
  readonly counts: Readonly<Record<Verb, number>>;
  /** The most dangerous first. */
  readonly changes: readonly ReportedChange[];
  readonly access: AccessReport;
  readonly capacity: CapacityChange;
  readonly findings: readonly Known<Finding>[];
  readonly verdict: Verdict;
}

/** Everything a reviewer needs to know of a plan. Pure. */
export function makeReport(input: ReportInput): Report {
  const { stack, environment, comparedWith, changes, today, notes = [] } = input;
  const findings = judgedFindings(changes, { environment, today });
  const capacity = capacityChange(changes, input.capacity);
  const consents = new ApprovalSet(changes);
  const judged = assessChanges(changes, today, consents);
  const reported = judged.flatMap(reportedChange).sort(bySeverity);
  return {
    stack,
    environment,
    comparedWith,
    findings,
    notes: [...notes, ...withheldNotes(changes), ...idleApprovals(consents, judged, today)],
    counts: countVerbs(changes),
    changes: reported,
    access: accessReport(changes),
    capacity,
    verdict: assessPlan(reported, findings, capacity),
  };
}

function reportedChange({ change, assessment, decisions }: AssessedChange): ReportedChange[] {
  const { verb, urn, type, name, refusals } = change;
  if (verb === "same") return [];
  const all = propertyDiffs(change);
  const component = isComponent(type);
  // What a component passes on to its children is told there.
  const properties = component ? all.filter(({ path }) => !path.startsWith("spec")) : all;
  if (component && (verb !== "update" || properties.length === 0)) return [];
  const approved = decisions.length > 0 && !decisions.some(isRefused);
  const summary = summaryOf(change);
  return [
    {
      verb,
      urn,
      type,
      name,
      assessment,
      approved,
      decisions,
      refusals,
      properties,
      ...(summary !== undefined && { summary }),
    },
  ];
}

const VERBS: readonly Verb[] = ["delete", "replace", "update", "create", "same"];

function bySeverity(one: ReportedChange, other: ReportedChange): number {
  const risk = (change: ReportedChange): number => severity(change.assessment.reversibility);
  return (
    risk(other) - risk(one) ||
    VERBS.indexOf(one.verb) - VERBS.indexOf(other.verb) ||
    (`${one.type} ${one.name}` < `${other.type} ${other.name}` ? -1 : 1)
  );
}

function countVerbs(changes: readonly Change[]): Record<Verb, number> {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { verb, type } of changes) if (!isComponent(type)) counts[verb] += 1;
  return counts;
}

const withheldNotes = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ name, withheld }) =>
    withheld.map(
      (path) => `${name}: ${path} comes from secrets and could not be compared without them`,
    ),
  );
