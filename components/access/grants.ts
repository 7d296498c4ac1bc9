/** One access-control entry in Kafka's own words: who may do what on which resource, from where. */
export interface AclEntry {
  readonly principal: string;
  readonly host: string;
  readonly operation: "Read" | "Write" | "Describe" | "DescribeConfigs";
  readonly permission: "Allow";
  readonly resourceType: "Topic" | "Group" | "Cluster";
  readonly resourceName: string;
  readonly patternType: "Literal" | "Prefixed";
}

/** What an account may do, in the words of a declaration. */
export interface Grants {
  /** Topics it may write to; idempotent producers need nothing more since Kafka 3.0. */
  readonly produces?: readonly string[];
  /** Topics it may read from, as a member of the groups given. */
  readonly consumes?: readonly Consumption[];
  /** May look at everything and read every topic, and change nothing: what a UI needs. */
  readonly observes?: boolean;
}

export interface Consumption {
  readonly topics: readonly string[];
  /** Consumer group it joins. */
  readonly group: string;
}

/** Kafka's only resource of type Cluster. */
const CLUSTER = "kafka-cluster";

type Right = Pick<AclEntry, "operation" | "resourceType" | "resourceName">;

/**
 * The fewest entries that make `grants` work for `username`, without duplicates and in an order that
 * does not depend on the order of the declaration. Read and Write imply Describe in Kafka.
 */
export function compileGrants(username: string, grants: Grants): AclEntry[] {
  const { produces = [], consumes = [], observes = false } = grants;
  const rights: Right[] = [
    ...produces.map((topic) => right("Write", "Topic", topic)),
    ...consumes.flatMap(({ topics, group }) => [
      ...topics.map((topic) => right("Read", "Topic", topic)),
      right("Read", "Group", group),
    ]),
    ...(observes ? OBSERVER : []),
  ];
  const entries = rights.map((granted) => ({
    principal: `User:${username}`,
    host: "*",
    permission: "Allow" as const,
    patternType: "Literal" as const,
    ...granted,
  }));
  const byIdentity = new Map(entries.map((entry) => [aclIdentity(entry), entry]));
  return [...byIdentity].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}

/** The identity of an entry, in the form the Kafka provider imports: every field, joined by `|`. */
export const aclIdentity = (entry: AclEntry): string =>
  [
    entry.principal,
    entry.host,
    entry.operation,
    entry.permission,
    entry.resourceType,
    entry.resourceName,
    entry.patternType,
  ].join("|");

function right(
  operation: AclEntry["operation"],
  resourceType: AclEntry["resourceType"],
  resourceName: string,
): Right {
  return { operation, resourceType, resourceName };
}

const OBSERVER: readonly Right[] = [
  right("Describe", "Cluster", CLUSTER),
  right("DescribeConfigs", "Cluster", CLUSTER),
  right("Read", "Topic", "*"),
  right("DescribeConfigs", "Topic", "*"),
  right("Describe", "Group", "*"),
];
