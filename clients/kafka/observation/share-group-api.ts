import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import { describeGroupsApi } from "./describe-groups-api.ts";

/**
 * Two messages of Kafka's protocol for share groups (KIP-932) that the client library does not have,
 * written as the message definitions of Kafka 4.3 say.
 */

export interface ShareGroupOffsets {
  readonly groups: readonly {
    readonly group: string;
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly {
        readonly partition: number;
        /** -1 where nothing was shared out yet. */
        readonly startOffset: bigint;
        /** Records from there to the end that are not acknowledged; -1 where that is not known. */
        readonly lag: bigint;
        readonly errorCode: number;
      }[];
    }[];
  }[];
}

/** DescribeShareGroupOffsets, version 1 (KIP-1226): of all topics of the groups. */
export const SHARE_GROUP_OFFSETS = [
  "DescribeShareGroupOffsets",
  createAPI<[groups: string[]], ShareGroupOffsets>(
    90,
    1,
    (groups: string[]) =>
      Writer.create()
        .appendArray(groups, (writer, group) => writer.appendString(group).appendArray(null, noop))
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => {
      reader.readInt32();
      const groups = reader.readArray((r) => ({
        group: r.readString(),
        topics: r.readArray((t) => {
          const topic = t.readString();
          t.readUUID();
          return { topic, partitions: t.readArray(shareOffset) };
        }),
        errorCode: r.readInt16(),
        errorMessage: r.readNullableString(),
      }));
      reader.readTaggedFields();
      return { groups };
    },
  ),
] as const;

function shareOffset(reader: Reader) {
  const partition = reader.readInt32();
  const startOffset = reader.readInt64();
  reader.readInt32();
  const lag = reader.readInt64();
  const errorCode = reader.readInt16();
  reader.readNullableString();
  return { partition, startOffset, lag, errorCode };
}

/** ShareGroupDescribe, version 1. */
export const SHARE_GROUP_DESCRIBE = describeGroupsApi(
  "ShareGroupDescribe",
  [77, 1],
  (reader) => void reader.readString(),
  skipShareMember,
);

function skipShareMember(reader: Reader): void {
  reader.readString();
  reader.readNullableString();
  reader.readInt32();
  reader.readString();
  reader.readString();
  reader.readArray((r) => r.readString(), true, false);
  reader.readArray((r) => {
    r.readUUID();
    r.readString();
    r.readArray((p) => p.readInt32(), true, false);
  });
  // The struct around the assignment ends here; the member's own tags are read with the array.
  reader.readTaggedFields();
}

const noop = (): void => undefined;
