import {
  ACCOUNT_CHANGES,
  type Approval,
  type Consent,
  type GuardedChange,
  TOPIC_CHANGES,
} from "../model/agreements/approval.ts";
import { isInForce } from "../model/agreements/agreement.ts";
import { isoDay } from "../model/values/iso-day.ts";
import type { Risk } from "./assessment.ts";

/** A risk, and the agreement to it where there is one. */
export interface Decision extends Risk {
  readonly approval?: Approval;
  /** Why there is none, and what was approved instead, and what is needed. Only where there is none. */
  readonly refusal?: string;
}

/** Who can agree: a topic or an account by its declaration, anything else by the stack file. */
export type Holder = "topic" | "account" | "stack";

export interface Case {
  readonly holder: Holder;
  /** What the declaration says: the new one of approvals, the old one of a retirement. */
  readonly consent: Consent;
  readonly today: Date;
}

/**
 * What somebody has agreed to of what is dangerous, and what is to be said of the rest. The one decision
 * on what may be done: the report and the guards of an `up` both ask here.
 */
export const decide = (risks: readonly Risk[], asked: Case): Decision[] =>
  risks.map((risk) => {
    if (risk.instead !== undefined) {
      return { ...risk, refusal: `No approval makes it possible: ${risk.instead}.` };
    }
    const approval = approvalOf(risk.change, asked);
    return approval ? { ...risk, approval } : { ...risk, refusal: refusal(risk, asked) };
  });

export const isRefused = ({ approval }: Decision): boolean => approval === undefined;

function approvalOf(change: GuardedChange, { consent, today }: Case): Approval | undefined {
  const { approve = [], retire } = consent;
  if (retire && isInForce(retire, today)) return { ...retire, change: "deletion" };
  return approve.find((one) => one.change === change && isInForce(one, today));
}

function refusal({ change }: Risk, asked: Case): string {
  const sentences = [
    `${change} is not approved`,
    ...given(change, asked),
    `Needed is ${needed(change, asked.holder)}`,
  ];
  return sentences.map((sentence) => `${sentence}.`).join(" ");
}

/** What was approved instead. */
function given(change: GuardedChange, { consent, today }: Case): string[] {
  const { approve = [], retire } = consent;
  const ended = [...approve.filter((one) => one.change === change), ...(retire ? [retire] : [])];
  const [last] = ended.toSorted((one, other) => (one.until < other.until ? 1 : -1));
  if (last) {
    const what = last === retire ? "The retirement" : "The approval";
    return last.until < isoDay(today)
      ? [`${what} by ${last.by} ended on ${last.until}; today is ${isoDay(today)}`]
      : [`${what} lacks a reason, who agreed, or until when`];
  }
  const others = approve.filter((one) => isInForce(one, today));
  if (others.length === 0) return [];
  const list = others.map((one) => `${one.change} (${one.by}, until ${one.until})`).join(", ");
  return [`Approved is ${list}`];
}

function needed(change: GuardedChange, holder: Holder): string {
  const fields = "reason, by, until";
  if (holder === "stack") {
    return `approvals: [{ change: "${change}", resource, ${fields} }] in the stack file`;
  }
  if (change in TOPIC_CHANGES || change in ACCOUNT_CHANGES) {
    return `approve: [{ change: "${change}", ${fields} }] in the declaration of the ${holder}`;
  }
  return `retire: { ${fields} } in the declaration of the ${holder}, applied before the declaration goes`;
}
