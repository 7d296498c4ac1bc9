import { Reader, readRecordsBatch, type RecordsBatch } from "@platformatic/kafka";
import type { FetchedPartition } from "./fetch-api.ts";

/** What a batch says of itself before its records: 61 bytes, format 2 (KIP-98). */
interface BatchHeader {
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  readonly isControl: boolean;
  readonly isTransactional: boolean;
  /** The broker's time counts, which is the same for all records of the batch. */
  readonly isAppendTime: boolean;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly producer: bigint;
  readonly records: number;
}

const HEADER_BYTES = 61;
const LENGTH_ENDS_AT = 12;

/** Where records of one batch span at most this, the first timestamp stands for all. */
const SAME_TIME_MS = 200;

/** The first record that a reader of committed transactions gets from an offset on. */
export interface NextRecord {
  /** Its offset; where there is none, the first offset that was not looked at. */
  readonly offset: number;
  /** Unix milliseconds that it is stamped with; undefined where there is none up to `offset`. */
  readonly timestamp: number | undefined;
}

/**
 * Pure: the next readable record among fetched batches. Passed over are markers of transactions, records
 * of aborted ones, and what compaction has removed.
 */
export function nextRecord(fetched: FetchedPartition, from: number): NextRecord {
  const aborting = [...fetched.aborted].sort((one, other) => one.firstOffset - other.firstOffset);
  const aborted = new Set<bigint>();
  let next = from;
  for (const { header, bytes } of batches(fetched.batches)) {
    while ((aborting[0]?.firstOffset ?? Infinity) <= header.last) {
      const { producer } = aborting.shift() ?? {};
      if (producer !== undefined) aborted.add(producer);
    }
    if (header.last >= from) {
      const readable =
        !header.isControl && !(header.isTransactional && aborted.has(header.producer));
      const record = readable ? recordIn(header, bytes, from) : undefined;
      if (record) return record;
      next = header.last + 1;
    }
    // The marker ends the transaction: the producer's next one stands on its own.
    if (header.isControl) aborted.delete(header.producer);
  }
  return { offset: next, timestamp: undefined };
}

function recordIn(header: BatchHeader, bytes: Buffer, from: number): NextRecord | undefined {
  if (header.records === 0) return undefined;
  const { first, firstTimestamp, maxTimestamp } = header;
  const oneTime = header.isAppendTime || maxTimestamp - firstTimestamp <= SAME_TIME_MS;
  const whole = header.records === header.last - first + 1;
  if (oneTime && whole) return { offset: Math.max(first, from), timestamp: maxTimestamp };
  const batch = decoded(bytes);
  // Compressed in a way that cannot be undone here: the oldest that it can be.
  if (!batch) return { offset: Math.max(first, from), timestamp: firstTimestamp };
  const record = batch.records.find(({ offsetDelta }) => first + offsetDelta >= from);
  if (!record) return undefined;
  const timestamp = header.isAppendTime
    ? maxTimestamp
    : firstTimestamp + Number(record.timestampDelta);
  return { offset: first + record.offsetDelta, timestamp };
}

function* batches(buffer: Buffer): Generator<{ header: BatchHeader; bytes: Buffer }> {
  let at = 0;
  while (buffer.length - at >= HEADER_BYTES) {
    const header = headerOf(buffer, at);
    yield { header, bytes: buffer.subarray(at, at + header.bytes) };
    at += header.bytes;
  }
}

function headerOf(buffer: Buffer, at: number): BatchHeader {
  const first = Number(buffer.readBigInt64BE(at));
  const attributes = buffer.readInt16BE(at + 21);
  return {
    first,
    last: first + buffer.readInt32BE(at + 23),
    bytes: LENGTH_ENDS_AT + buffer.readInt32BE(at + 8),
    isAppendTime: (attributes & 0b1000) !== 0,
    isTransactional: (attributes & 0b1_0000) !== 0,
    isControl: (attributes & 0b10_0000) !== 0,
    firstTimestamp: Number(buffer.readBigInt64BE(at + 27)),
    maxTimestamp: Number(buffer.readBigInt64BE(at + 35)),
    producer: buffer.readBigInt64BE(at + 43),
    records: buffer.readInt32BE(at + 57),
  };
}

function decoded(bytes: Buffer): RecordsBatch | undefined {
  try {
    return readRecordsBatch(Reader.from(bytes));
  } catch {
    return undefined;
  }
}
