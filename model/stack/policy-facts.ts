import type { StackApproval } from "../agreements/approval.ts";
import type { Environment } from "../values/environment.ts";
import type { RecordedWaiver } from "../agreements/waiver.ts";

/**
 * What policies must know of a stack besides its resources. A policy pack is told of resources only, so
 * the cluster's component records it.
 */
export interface PolicyFacts {
  readonly environment: Environment;
  /** Rules that the stack breaks on purpose. */
  readonly waivers: readonly RecordedWaiver[];
  /** Changes of the cluster that somebody agreed to; the report looks at them. */
  readonly approve?: readonly StackApproval[] | undefined;
}
