import type { Reader } from "@platformatic/kafka";
import { describeGroupsApi } from "./describe-groups-api.ts";

/** StreamsGroupDescribe, version 0 (KIP-1071), which the client library does not have. */
export const STREAMS_GROUP_DESCRIBE = describeGroupsApi(
  "StreamsGroupDescribe",
  [89, 0],
  skipTopology,
  skipMember,
);

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
