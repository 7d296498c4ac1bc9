/** What a violation means: `mandatory` stops a change, `advisory` is said and stops nothing. */
export type Level = "mandatory" | "advisory";

/** A violation that somebody answers for, until a day. */
export interface Waiver {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** Team or person that answers for it. */
  readonly owner: string;
  /** Last day on which it holds, as `YYYY-MM-DD` (UTC). */
  readonly until: string;
}

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
  readonly waiver?: Omit<Waiver, "rule">;
}
