/** Whether what was acknowledged is what is there. Pure. */

/** Where a record lies. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Which record it is: the how-manieth of which producer. */
export interface Identity {
  readonly producer: number;
  readonly sequence: number;
}

/** A record that was read back. */
export interface FoundRecord extends Place, Identity {}

/** A record that a producer was told is stored. The offset is -1 where the broker did not say it. */
export interface AcknowledgedRecord extends Place, Identity {}

export interface Accounting {
  readonly acknowledged: number;
  readonly found: number;
  /** Acknowledged and not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly duplicated: readonly string[];
  /** Behind a later record of the same producer in the same partition. */
  readonly reordered: readonly string[];
  /** There, but not where the acknowledgement said. */
  readonly displaced: readonly string[];
  /** There, and never sent. */
  readonly unknown: readonly string[];
}

/** What a verdict counts as wrong; every one of them has to be empty. */
export const FAULTS = ["lost", "duplicated", "reordered", "displaced", "unknown"] as const;

/**
 * Compares what was acknowledged with what was read back, record by record. A record that was sent
 * and neither acknowledged nor found is no fault, nor is one that was found all the same: its
 * producer was not told anything.
 *
 * @param sent how many records each producer has sent: their sequences are 0 to that, exclusive
 * @param found in the order of reading, which within a partition is the order of offsets
 */
export function account(
  sent: readonly number[],
  acknowledged: readonly AcknowledgedRecord[],
  found: readonly FoundRecord[],
): Accounting {
  const seen = new Map<string, FoundRecord>();
  const last = new Map<string, number>();
  const duplicated: string[] = [];
  const reordered: string[] = [];
  const unknown: string[] = [];
  for (const record of found) {
    const name = nameOf(record);
    const queue = `${placeOf(record)} ${String(record.producer)}`;
    if (!(record.sequence < (sent[record.producer] ?? 0))) unknown.push(name);
    if (seen.has(name)) duplicated.push(name);
    else if (record.sequence < (last.get(queue) ?? -1)) reordered.push(name);
    else last.set(queue, record.sequence);
    seen.set(name, seen.get(name) ?? record);
  }
  const lost: string[] = [];
  const displaced: string[] = [];
  for (const record of acknowledged) {
    const name = nameOf(record);
    const there = seen.get(name);
    if (!there) lost.push(name);
    else if (!isAt(record, there)) displaced.push(name);
  }
  return {
    acknowledged: acknowledged.length,
    found: found.length,
    ...{ lost, duplicated, reordered, displaced, unknown },
  };
}

const nameOf = ({ producer, sequence }: Identity): string =>
  `${String(sequence)} of producer ${String(producer)}`;

const placeOf = ({ topic, partition }: Place): string => `${topic}-${String(partition)}`;

const isAt = (told: Place, there: Place): boolean =>
  placeOf(told) === placeOf(there) && (told.offset < 0 || told.offset === there.offset);
