import { UserError } from "../../model/values/user-error.ts";

/** One fault of a run; the run failed because of these. */
export interface Failure {
  /** Empty when it is about no resource. */
  readonly urn: string;
  readonly message: string;
}

/** Refuses a feature by name. */
export function unsupported(what: string): UserError {
  return new UserError(
    `the embedded engine does not support ${what}; use the Pulumi CLI, or do without`,
  );
}
