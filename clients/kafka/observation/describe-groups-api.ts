import { createAPI, type Reader, Writer } from "@platformatic/kafka";

export interface DescribedGroups {
  readonly groups: readonly {
    readonly group: string;
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly epoch: number;
    readonly members: number;
  }[];
}

/**
 * The call that describes groups of a newer type: only how many members there are, and the epoch of the
 * group, are kept of the answer.
 *
 * @param skipRest reads what comes between the epochs and the members
 * @param skipMember reads one member
 */
export const describeGroupsApi = (
  name: string,
  [key, version]: readonly [key: number, version: number],
  skipRest: (reader: Reader) => void,
  skipMember: (reader: Reader) => void,
) =>
  [
    name,
    createAPI<[groups: string[]], DescribedGroups>(
      key,
      version,
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
          skipRest(r);
          const members = r.readArray(skipMember).length;
          r.readInt32();
          return { group, errorCode, errorMessage, epoch, members };
        });
        reader.readTaggedFields();
        return { groups };
      },
    ),
  ] as const;
