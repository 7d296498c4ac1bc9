import { createRecordsBatch } from "@platformatic/kafka";
import { expect, it } from "vitest";
import { nextRecord } from "../../../../clients/kafka/observation/record-batches.ts";

const ATTRIBUTES_AT = 21;
const APPEND_TIME = 0b1000;
const CONTROL = 0b11_0000;
const TRANSACTIONAL = 0b1_0000;

interface Made {
  readonly first: number;
  /** A record for each. */
  readonly timestamps: readonly number[];
  readonly attributes?: number;
  readonly producer?: bigint;
  readonly compression?: "gzip";
  /** Offsets from the first to the last; more than there are records after compaction. */
  readonly span?: number;
}

function batch({ first, timestamps, attributes = 0, producer = -1n, compression, span }: Made) {
  const messages = timestamps.map((at) => ({
    topic: "t",
    value: Buffer.from("x"),
    timestamp: BigInt(at),
  }));
  const made = createRecordsBatch(messages, {
    producerId: producer,
    ...(compression && { compression }),
  });
  const bytes = Buffer.from(made.buffer);
  bytes.writeBigInt64BE(BigInt(first), 0);
  bytes.writeInt16BE(bytes.readInt16BE(ATTRIBUTES_AT) | attributes, ATTRIBUTES_AT);
  if (span !== undefined) bytes.writeInt32BE(span - 1, ATTRIBUTES_AT + 2);
  return bytes;
}

const fetched = (batches: readonly Buffer[], aborted: readonly [bigint, number][] = []) => ({
  topic: "t",
  partition: 0,
  errorCode: 0,
  lastStableOffset: 0,
  logStartOffset: 0,
  aborted: aborted.map(([producer, firstOffset]) => ({ producer, firstOffset })),
  batches: Buffer.concat(batches),
});

it("finds the record at the offset with its own time, in the middle of a batch too", () => {
  const one = batch({ first: 10, timestamps: [1_000, 5_000, 9_000] });
  expect([10, 11, 12].map((from) => nextRecord(fetched([one]), from).timestamp)).toEqual([
    1_000, 5_000, 9_000,
  ]);
});

it("reads compressed batches", () => {
  const one = batch({ first: 0, timestamps: [1_000, 5_000], compression: "gzip" });
  expect(nextRecord(fetched([one]), 1)).toEqual({ offset: 1, timestamp: 5_000 });
});

it("takes the broker's time where the topic says so", () => {
  const one = batch({ first: 0, timestamps: [1_000, 5_000], attributes: APPEND_TIME });
  expect(nextRecord(fetched([one]), 0)).toEqual({ offset: 0, timestamp: 5_000 });
});

it("passes over markers of transactions: nothing comes after the last one", () => {
  const marker = batch({ first: 7, timestamps: [1_000], attributes: CONTROL, producer: 4n });
  expect(nextRecord(fetched([marker]), 7)).toEqual({ offset: 8, timestamp: undefined });
  const after = batch({ first: 8, timestamps: [2_000] });
  expect(nextRecord(fetched([marker, after]), 7)).toEqual({ offset: 8, timestamp: 2_000 });
});

it("passes over aborted records, and not over those of the producer's next transaction", () => {
  const records = batch({ first: 0, timestamps: [1_000], attributes: TRANSACTIONAL, producer: 4n });
  const marker = batch({ first: 1, timestamps: [1_000], attributes: CONTROL, producer: 4n });
  const next = batch({ first: 2, timestamps: [3_000], attributes: TRANSACTIONAL, producer: 4n });
  const all = fetched([records, marker, next], [[4n, 0]]);
  expect(nextRecord(all, 0)).toEqual({ offset: 2, timestamp: 3_000 });
  const other = fetched([records], [[9n, 0]]);
  expect(nextRecord(other, 0)).toEqual({ offset: 0, timestamp: 1_000 });
});

it("passes over what compaction has removed", () => {
  const holes = batch({ first: 0, timestamps: [1_000], span: 10 });
  const next = batch({ first: 10, timestamps: [2_000] });
  expect(nextRecord(fetched([holes, next]), 4)).toEqual({ offset: 10, timestamp: 2_000 });
});

it("uses the header of a batch that was cut off, and nothing of half a header", () => {
  const one = batch({ first: 0, timestamps: [1_000, 1_000] });
  const cut = fetched([one.subarray(0, 64)]);
  expect(nextRecord(cut, 0)).toEqual({ offset: 0, timestamp: 1_000 });
  expect(nextRecord(fetched([one.subarray(0, 30)]), 0)).toEqual({
    offset: 0,
    timestamp: undefined,
  });
});
