/** How a group gets on: what two looks at it say together. */
export type Movement =
  /** It has read everything there is. */
  | "caught up"
  /** Positions went on. */
  | "moving"
  /** It has members and unread records, and no position has moved for as long as was waited. */
  | "stuck"
  /** There is something to read, and it has no members. */
  | "nobody reads"
  /** It has no positions, or not all is known. */
  | "unknown";

/** A group at one look. */
export interface Standing {
  /** Undefined where its coordinator did not say. */
  readonly members: number | undefined;
  /** Records in all partitions; undefined where no position is known. */
  readonly lag: number | undefined;
  /** Positions of all partitions, added up. */
  readonly committed: number;
}

/**
 * What became of a group between two looks. Consumers commit every 5 seconds unless told otherwise, so
 * that looks nearer to each other say nothing of one that has not moved: pass `sure` as false then.
 */
export function movement(before: Standing, now: Standing, sure: boolean): Movement {
  if (now.lag === undefined || now.members === undefined) return "unknown";
  if (now.lag === 0) return "caught up";
  if (now.committed !== before.committed) return "moving";
  if (now.members === 0) return "nobody reads";
  return sure ? "stuck" : "unknown";
}
