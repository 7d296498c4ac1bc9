import { nextOffset, type PartitionBounds } from "./position.ts";

interface Step {
  readonly at: number;
  readonly oldest: number;
}

/** How the start of a partition moves: in steps, since Kafka deletes whole segments. */
export class StartMovement {
  #oldest: number | undefined;
  #before: Step | undefined;
  #last: Step | undefined;

  note(oldest: number, at: number): void {
    if (this.#oldest !== undefined && oldest < this.#oldest) this.#before = this.#last = undefined;
    if (this.#oldest !== undefined && oldest > this.#oldest) {
      this.#before = this.#last;
      this.#last = { at, oldest };
    }
    this.#oldest = oldest;
  }

  /** Records a second that retention removes; undefined before two deletions were seen. */
  rate(now: number): number | undefined {
    if (!this.#before || !this.#last) return undefined;
    // A step that does not come makes the pace slower than the last two were.
    const milliseconds = Math.max(this.#last.at - this.#before.at, now - this.#last.at, 1);
    return ((this.#last.oldest - this.#before.oldest) * 1000) / milliseconds;
  }
}

export interface LossFacts {
  readonly committed: number;
  readonly bounds: PartitionBounds;
  /** Milliseconds since the next record to read was appended; undefined when not known. */
  readonly ageMs: number | undefined;
  /** Milliseconds that the topic keeps records; undefined when for ever, or not known. */
  readonly retentionMs: number | undefined;
  /** Records a second that retention removes at present; undefined when not known. */
  readonly removedPerSecond: number | undefined;
}

/**
 * Seconds until retention may remove a record that the group has not read: Infinity when none is
 * foreseen, 0 when it already has.
 *
 * The earliest time: Kafka keeps a segment until its last record is old enough, so the record may stay
 * longer by the time that one segment spans.
 */
export function secondsToDataLoss(facts: LossFacts): number {
  const { committed, bounds, ageMs, retentionMs, removedPerSecond } = facts;
  if (committed < bounds.oldest) return 0;
  const next = nextOffset(committed, bounds);
  if (next >= bounds.end) return Infinity;
  const byTime =
    retentionMs === undefined || ageMs === undefined
      ? Infinity
      : Math.max(0, retentionMs - ageMs) / 1000;
  const bySize =
    removedPerSecond === undefined ? Infinity : (next - bounds.oldest) / removedPerSecond;
  return Math.min(byTime, bySize);
}
