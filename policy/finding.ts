import type { Agreement } from "../model/agreements/agreement.ts";

/** What a violation means: `mandatory` stops a change, `advisory` is said and stops nothing. */
export type Level = "mandatory" | "advisory";

/** One violation of one rule by one resource. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly level: Level;
  /** The resource. */
  readonly urn: string;
  /** What is wrong: the value given and the value wanted. Never contains a secret. */
  readonly message: string;
  /** Why there is such a rule. */
  readonly reason: string;
  /** What to do. */
  readonly fix: string;
  /** Set where the violation is waived: it is listed, and does not count. */
  readonly waiver?: Agreement;
}

/** Whether a finding stops a change. */
export const isBlocking = ({ level, waiver }: Finding): boolean =>
  level === "mandatory" && waiver === undefined;
