import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import type { DescribedGroups } from "./share-group-api.ts";

/**
 * StreamsGroupDescribe, version 0 (KIP-1071), which the client library does not have: only how many
 * members there are, and the epoch of the group, are kept of the answer.
 */
export const STREAMS_GROUP_DESCRIBE = [
  "StreamsGroupDescribe",
  createAPI<[groups: string[]], DescribedGroups>(
    89,
    0,
    (groups: string[]) =>
      Writer.create()
        .appendArray(groups, (writer, group) => writer.appendString(group), true, false)
        .appendBoolean(false)
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => {
      reader.readInt32();
      const groups = reader.readArray((r) => {
        const [errorCode, errorMessage] = [r.readInt16(), r.readNullableString()];
        const group = r.readString();
        r.readString();
        const epoch = r.readInt32();
        r.readInt32();
        skipTopology(r);
        const members = r.readArray(skipMember).length;
        r.readInt32();
        return { group, errorCode, errorMessage, epoch, members };
      });
      reader.readTaggedFields();
      return { groups };
    },
  ),
] as const;

/** A nullable struct: a byte says whether it is there. */
function skipTopology(reader: Reader): void {
  if (reader.readInt8() < 0) return;
  reader.readInt32();
  reader.readNullableArray((r) => {
    r.readString();
    skipStrings(r);
    skipStrings(r);
    r.readArray(skipTopicInfo);
    r.readArray(skipTopicInfo);
  });
  reader.readTaggedFields();
}

function skipTopicInfo(reader: Reader): void {
  reader.readString();
  reader.readInt32();
  reader.readInt16();
  reader.readArray(skipKeyValue);
}

function skipMember(reader: Reader): void {
  reader.readString();
  reader.readInt32();
  reader.readNullableString();
  reader.readNullableString();
  reader.readString();
  reader.readString();
  reader.readInt32();
  reader.readString();
  skipEndpoint(reader);
  reader.readArray(skipKeyValue);
  reader.readArray(skipTaskOffset);
  reader.readArray(skipTaskOffset);
  skipAssignment(reader);
  skipAssignment(reader);
  reader.readBoolean();
}

function skipEndpoint(reader: Reader): void {
  if (reader.readInt8() < 0) return;
  reader.readString();
  reader.readUnsignedInt16();
  reader.readTaggedFields();
}

function skipAssignment(reader: Reader): void {
  for (let kind = 0; kind < 3; kind += 1) {
    reader.readArray((r) => {
      r.readString();
      r.readArray((p) => p.readInt32(), true, false);
    });
  }
  reader.readTaggedFields();
}

function skipTaskOffset(reader: Reader): void {
  reader.readString();
  reader.readInt32();
  reader.readInt64();
}

function skipKeyValue(reader: Reader): void {
  reader.readString();
  reader.readString();
}

function skipStrings(reader: Reader): void {
  reader.readArray((r) => r.readString(), true, false);
}
