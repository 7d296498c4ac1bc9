import type { Finding } from "./finding.ts";
import type { PolicyResource } from "./resource.ts";

export interface PolicyContext {
  readonly environment: "dev" | "staging" | "prod";
  /** Waivers end by this day. */
  readonly today: Date;
}

/** Every violation, in order of resource and rule. Waived ones are listed with their waiver. */
export function evaluate(
  _resources: readonly PolicyResource[],
  _context: PolicyContext,
): readonly Finding[] {
  return [];
}

/** Whether a finding stops a change. */
export const isBlocking = ({ level, waiver }: Finding): boolean =>
  level === "mandatory" && waiver === undefined;
