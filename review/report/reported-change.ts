import type { Decision } from "../approvals.ts";
import type { Change } from "../change.ts";
import type { Assessment } from "../assessment.ts";
import type { PropertyDiff } from "./property-diff.ts";

/** A change with all there is to say of it. */
export interface ReportedChange extends Pick<Change, "verb" | "urn" | "type" | "name"> {
  readonly assessment: Assessment;
  /** Dangerous, and all of it agreed to. */
  readonly approved: boolean;
  /** What is dangerous of it, each with the agreement to it, or with what is needed. */
  readonly decisions: readonly Decision[];
  readonly refusals: readonly string[];
  readonly properties: readonly PropertyDiff[];
  /** What a new resource is, where its name does not say the most of it. */
  readonly summary?: string;
}
