import type { FoundAt, Place } from "../../clients/kafka/observation/next-records.ts";
import { nextOffset } from "../../model/lag/position.ts";
import { EXACT_MS, recordAge } from "../../model/lag/record-age.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { PartitionState } from "./partition-state.ts";

/** A position that has rested for so many looks may stand before markers that nobody can read. */
const RESTED = 2;
/** What was read is read again after this time: compaction may have removed it. */
const READ_AGAIN_MS = 60_000;

/**
 * Positions whose record has to be read to know its age, the most uncertain first: those older than what
 * was watched, and those that do not move although something seems to come after them.
 */
export function placesToRead(state: ClusterState, now: number): Place[] {
  const places = new Map<string, { readonly place: Place; readonly doubt: number }>();
  for (const group of state.groups.values()) {
    for (const [topic, positions] of group.topics) {
      for (const [partition, { committed, rested }] of positions) {
        const one = state.topics.get(topic)?.partitions[partition];
        const wanted = one && placeIn(one, committed, rested >= RESTED, now);
        if (!wanted || one.leader < 0) continue;
        const place = { topic, partition, offset: wanted.offset, leader: one.leader };
        places.set(`${topic} ${String(partition)} ${String(wanted.offset)}`, {
          place,
          doubt: wanted.doubt,
        });
      }
    }
  }
  return [...places.values()]
    .sort((one, other) => other.doubt - one.doubt)
    .map(({ place }) => place);
}

function placeIn(
  { bounds, ends, found }: PartitionState,
  committed: number,
  rested: boolean,
  now: number,
): { readonly offset: number; readonly doubt: number } | undefined {
  if (!bounds) return undefined;
  const from = nextOffset(committed, bounds);
  if (from >= bounds.end) return undefined;
  const known = found.get(from);
  // Nothing readable up to the end of then is no answer once something was written after it.
  const isAnswer = known && (known.timestamp !== undefined || known.offset >= bounds.end);
  if (isAnswer) return now - known.at < READ_AGAIN_MS ? undefined : { offset: from, doubt: 0 };
  const age = recordAge(committed, bounds, ends, (offset) => found.get(offset), now);
  const doubt = age === undefined ? Infinity : age.withinMs;
  if (doubt <= EXACT_MS / 2 && !rested) return undefined;
  return { offset: known?.offset ?? from, doubt };
}

/** Keeps what was read, under the position it was read for; what no group stands at is forgotten. */
export function noteFound(state: ClusterState, records: readonly FoundAt[], at: number): void {
  for (const { place, offset, timestamp } of records) {
    const partition = state.topics.get(place.topic)?.partitions[place.partition];
    if (!partition) continue;
    partition.found.set(place.offset, { offset, timestamp, at });
    // It was read on behalf of a position before it, from which nothing could be read up to here.
    for (const [from, known] of partition.found) {
      if (known.timestamp === undefined && known.offset === place.offset) {
        partition.found.set(from, { offset, timestamp, at });
      }
    }
  }
}

/** Forgets what was read at places where no group stands any more. */
export function forgetUnused(state: ClusterState): void {
  const used = new Map<PartitionState, Set<number>>();
  for (const group of state.groups.values()) {
    for (const [topic, positions] of group.topics) {
      for (const [partition, { committed }] of positions) {
        const one = state.topics.get(topic)?.partitions[partition];
        if (!one?.bounds || one.found.size === 0) continue;
        const offsets = used.get(one) ?? new Set();
        used.set(one, offsets.add(nextOffset(committed, one.bounds)));
      }
    }
  }
  for (const { partitions } of state.topics.values()) {
    for (const one of partitions) {
      for (const offset of one.found.keys()) {
        if (used.get(one)?.has(offset) !== true) one.found.delete(offset);
      }
    }
  }
}
