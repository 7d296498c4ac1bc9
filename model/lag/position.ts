/** Where one group stands in one partition, and what is needed to say how long it has been behind. */
export interface PartitionBounds {
  /** First offset that is kept. */
  readonly oldest: number;
  /** Offset that the next record gets. */
  readonly end: number;
}

/**
 * The offset of the next record that the group has to read.
 *
 * - Retention has overtaken it: the first record that is left.
 * - It lies beyond the end: the topic was made anew (or lost its end), so that all of it is unread.
 */
export function nextOffset(committed: number, { oldest, end }: PartitionBounds): number {
  if (committed > end || committed < oldest) return oldest;
  return committed;
}

/** Records between the position and the end. Markers of transactions and compacted ones count: Kafka does so. */
export const lagRecords = (committed: number, bounds: PartitionBounds): number =>
  bounds.end - nextOffset(committed, bounds);

/** Records that retention has removed before the group came to them. */
export const overtaken = (committed: number, { oldest, end }: PartitionBounds): number =>
  committed > end ? 0 : Math.max(0, oldest - committed);
