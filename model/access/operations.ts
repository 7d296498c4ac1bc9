/**
 * What can be done to each type of resource, as Kafka 4.3 lists it (`AclEntry.supportedOperations`),
 * in the spellings of the Kafka provider. What an entry says besides has no effect there.
 */
export const OPERATIONS = {
  Topic: [
    ...["Read", "Write", "Create", "Delete", "Alter", "Describe"],
    ...["AlterConfigs", "DescribeConfigs"],
  ],
  Group: ["Read", "Delete", "Describe", "AlterConfigs", "DescribeConfigs"],
  TransactionalID: ["Write", "Describe", "TwoPhaseCommit"],
  Cluster: [
    ...["Create", "Alter", "Describe", "AlterConfigs", "DescribeConfigs"],
    ...["ClusterAction", "IdempotentWrite"],
  ],
  DelegationToken: ["Describe"],
  User: ["CreateTokens", "DescribeTokens"],
} as const satisfies Readonly<Record<string, readonly AclOperation[]>>;

export type AclOperation =
  | "Read"
  | "Write"
  | "Create"
  | "Delete"
  | "Alter"
  | "Describe"
  | "AlterConfigs"
  | "DescribeConfigs"
  | "ClusterAction"
  | "IdempotentWrite"
  | "TwoPhaseCommit"
  | "CreateTokens"
  | "DescribeTokens";

export type ResourceType = keyof typeof OPERATIONS;

export const RESOURCE_TYPES = Object.keys(OPERATIONS) as ResourceType[];

/** Kafka's only resource of type Cluster. */
export const CLUSTER_NAME = "kafka-cluster";

/** Operations that an entry which allows stands for besides its own: whoever may read may describe. */
const IMPLIED_BY: Partial<Record<AclOperation, readonly AclOperation[]>> = {
  Describe: ["Read", "Write", "Delete", "Alter"],
  DescribeConfigs: ["AlterConfigs"],
};

/** Whether an entry that allows `granted` allows `asked`. An entry that denies implies nothing. */
export const grantsOperation = (
  granted: AclOperation | "All",
  asked: AclOperation | "All",
): boolean =>
  granted === "All" ||
  granted === asked ||
  (IMPLIED_BY[asked as AclOperation] as readonly string[] | undefined)?.includes(granted) === true;
