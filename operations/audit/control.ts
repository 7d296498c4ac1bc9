import type { AuditPart, AuditParts, Declared } from "./audit-view.ts";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Something that is not as the control wants it. */
export interface Evidence {
  /** What it is about, in words that stay the same from one audit to the next: a baseline names it. */
  readonly subject: string;
  /** What was seen, and what was wanted. */
  readonly seen: string;
}

/** Whatever a check may need that is known without a look. */
export interface Context {
  readonly today: string;
  readonly declared: Declared;
}

/** What a check came to: what it found, and what it could not decide. */
export interface Judgement {
  readonly found: readonly Evidence[];
  /** A sentence on each thing that was looked at and does not show. @default nothing */
  readonly hidden?: readonly string[];
}

interface ControlTexts {
  /** Words joined by hyphens; a baseline names it, so it never changes. */
  readonly id: string;
  /** What holds where all is well, in a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** What to do. */
  readonly fix: string;
  /** Where it comes from: Kafka's documentation, a KIP, a CVE, a norm, or this project's own rule. */
  readonly source: string;
}

/** A control: one thing that is to hold. */
export interface Control extends ControlTexts {
  readonly looksAt: readonly AuditPart[];
  check(parts: AuditParts, context: Context): Judgement;
}

/**
 * A control that gets only the parts that it says it looks at.
 *
 * @param check pure: the same parts give the same judgement
 */
export const control = <Part extends AuditPart>(
  texts: ControlTexts,
  looksAt: readonly Part[],
  check: (parts: Pick<AuditParts, Part>, context: Context) => readonly Evidence[] | Judgement,
): Control => ({
  ...texts,
  looksAt,
  check(parts, context) {
    const judged = check(parts, context);
    return "found" in judged ? judged : { found: judged };
  },
});
