import { createAPI, fetchV12, type Reader } from "@platformatic/kafka";

export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  /** Up to where a reader of committed transactions may read. */
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  /** Producers whose transactions from an offset on were aborted, in order of that offset. */
  readonly aborted: readonly { readonly producer: bigint; readonly firstOffset: number }[];
  /** Batches of records as they are on the disk; the last may be cut off. */
  readonly batches: Buffer;
}

interface Fetched {
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
}

type FetchRequest = Parameters<typeof fetchV12.createRequest>;

/**
 * Fetch, version 12, with the batches as bytes: the client library's answer leaves out what a batch
 * says of itself (control, timestamp type), decompresses all of them, and loses those it cannot.
 */
export const FETCH = [
  "Fetch",
  createAPI<FetchRequest, Fetched>(
    1,
    12,
    (...request: FetchRequest) => fetchV12.createRequest(...request),
    (_correlation, _key, _version, reader) => {
      reader.readInt32();
      const errorCode = reader.readInt16();
      reader.readInt32();
      const topics = reader.readArray((r) => {
        const topic = r.readString();
        return r.readArray((p) => partition(p, topic));
      });
      reader.readTaggedFields();
      return { errorCode, partitions: topics.flat() };
    },
  ),
] as const;

function partition(reader: Reader, topic: string): FetchedPartition {
  const number = reader.readInt32();
  const errorCode = reader.readInt16();
  reader.readInt64();
  const lastStableOffset = Number(reader.readInt64());
  const logStartOffset = Number(reader.readInt64());
  const aborted = reader.readNullableArray((r) => ({
    producer: r.readInt64(),
    firstOffset: Number(r.readInt64()),
  }));
  reader.readInt32();
  const batches = reader.readNullableBytes() ?? Buffer.alloc(0);
  return {
    topic,
    partition: number,
    errorCode,
    lastStableOffset,
    logStartOffset,
    aborted: aborted ?? [],
    batches,
  };
}
