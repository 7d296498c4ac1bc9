import type { EndOffsets, Moment } from "./end-offsets.ts";
import { nextOffset, type PartitionBounds } from "./position.ts";

/** What was found by reading from a position on. */
export interface FoundRecord {
  /** Of the first record that a consumer would get; or the first offset that was not looked at yet. */
  readonly offset: number;
  /** Unix milliseconds that it is stamped with; undefined when nothing readable was found up to `offset`. */
  readonly timestamp: number | undefined;
}

/** Where to look up what was found from an offset on. */
export type FoundRecords = (from: number) => FoundRecord | undefined;

export interface RecordAge {
  /** Milliseconds since the next record to read was appended; 0 when there is none. */
  readonly ageMs: number;
  /** The age is right to this many milliseconds. */
  readonly withinMs: number;
}

/** An age that is exact enough: half of it is the largest error. */
export const EXACT_MS = 2_000;

/**
 * How old the oldest record is that a group has not read, and how exactly that is known.
 *
 * The ring of looks says between which two looks the record was appended. Where they are further apart
 * than {@link EXACT_MS}, or the record is older than the ring, its own timestamp decides, unless the looks
 * say otherwise: a producer that copies old records, or whose clock is wrong, does not make a lag of years.
 *
 * @returns undefined when nothing is known: neither a look before it nor a record
 */
export function recordAge(
  committed: number,
  bounds: PartitionBounds,
  ends: EndOffsets,
  found: FoundRecords,
  now: number,
): RecordAge | undefined {
  const from = nextOffset(committed, bounds);
  if (from >= bounds.end) return { ageMs: 0, withinMs: 0 };
  const record = found(from);
  // Nothing readable up to there: what comes after it is what the group waits for.
  const next = record?.offset ?? from;
  if (next >= bounds.end) return { ageMs: 0, withinMs: 0 };
  const moment = ends.appended(next);
  if (moment === undefined) return undefined;
  if (moment.to - moment.from <= EXACT_MS) return middle(moment, now);
  const stamp = record?.timestamp;
  if (stamp !== undefined && stamp >= moment.from && stamp <= moment.to) {
    return { ageMs: Math.max(0, now - stamp), withinMs: 0 };
  }
  if (Number.isFinite(moment.from)) return middle(moment, now);
  // There before the first look, and stamped with a time after it: no younger than the look.
  return stamp === undefined ? undefined : { ageMs: Math.max(0, now - moment.to), withinMs: 0 };
}

function middle({ from, to }: Moment, now: number): RecordAge {
  return { ageMs: Math.max(0, now - (from + to) / 2), withinMs: (to - from) / 2 };
}
