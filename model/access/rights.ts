import type { Right } from "./acl.ts";
import { CLUSTER_NAME } from "./operations.ts";
import type {
  ConnectCluster,
  Consumption,
  DeadLetter,
  Grants,
  MirrorTarget,
  SchemaRegistry,
  StreamsApplication,
  WrittenAcl,
} from "./grants.ts";
import { namedResource } from "./resource-text.ts";

/** A right, and the declaration that asks for it. */
export interface DeclaredRight {
  readonly right: Right;
  readonly because: string;
}

/**
 * Every right that the grants ask for, repetitions included.
 *
 * Rules: "Authorization and ACLs" of Kafka's documentation (operations per API), with Describe left
 * out wherever Read or Write is there, because the authorizer implies it.
 */
export function declaredRights(grants: Grants): DeclaredRight[] {
  const { produces = [], consumes = [], deadLetters = [], transactionalIds = [] } = grants;
  const { describes = [], creates = [], acls = [] } = grants;
  const {
    streams = [],
    connect = [],
    schemaRegistries = [],
    mirrorsTo = [],
    mirrorsFrom = [],
  } = grants;
  return [
    ...produces.flatMap((topic) => asked(`produces ${topic}`, on("Topic", topic, "Write"))),
    ...consumes.flatMap(consumer),
    ...deadLetters.flatMap(deadLetter),
    ...describes.flatMap((topic) => asked(`describes ${topic}`, on("Topic", topic, "Describe"))),
    ...creates.flatMap((topic) => asked(`creates ${topic}`, on("Topic", topic, "Create"))),
    // Write alone: it implies the Describe with which a producer finds its coordinator.
    ...transactionalIds.flatMap((id) =>
      asked(`transactional id ${id}`, on("TransactionalID", id, "Write")),
    ),
    ...streams.flatMap(streamsApplication),
    ...connect.flatMap(connectCluster),
    ...schemaRegistries.flatMap(schemaRegistry),
    ...mirrorsTo.flatMap(mirrorTarget),
    ...mirrorsFrom.flatMap(mirrorSource),
    ...(grants.inspects ? asked("inspects", INSPECTOR) : []),
    ...(grants.observes ? asked("observes", OBSERVER) : []),
    ...acls.flatMap((acl) => written(acl, "allow")),
  ];
}

/** Every right that the grants deny, whatever else gives it. */
export const deniedRights = ({ acls = [] }: Grants): DeclaredRight[] =>
  acls.flatMap((acl) => written(acl, "deny"));

function written(acl: WrittenAcl, permission: "allow" | "deny"): DeclaredRight[] {
  const resource = namedResource(acl.on);
  if (!resource) return [];
  const { resourceType, resourceName } = resource;
  const because = `${permission === "allow" ? "allowed" : "denied"} on ${acl.on}`;
  return asked(because, on(resourceType, resourceName, ...(acl[permission] ?? [])));
}

function consumer({ topics, group }: Consumption): DeclaredRight[] {
  const as = group === undefined ? "" : ` as ${group}`;
  return [
    ...topics.flatMap((topic) => asked(`consumes ${topic}${as}`, on("Topic", topic, "Read"))),
    ...(group === undefined ? [] : asked(`consumes${as}`, on("Group", group, "Read"))),
  ];
}

const deadLetter = ({ origin, topic }: DeadLetter) =>
  asked(`dead letters of ${origin}`, on("Topic", topic, "Write"));

/** Internal topics and transactional ids start with the application's id and a hyphen. */
function streamsApplication(app: StreamsApplication): DeclaredRight[] {
  const internal = `${app.applicationId}-*`;
  return asked(`streams application ${app.applicationId}`, [
    ...app.consumes.flatMap((topic) => on("Topic", topic, "Read")),
    ...app.produces.flatMap((topic) => on("Topic", topic, "Write")),
    ...on("Group", app.applicationId, "Read"),
    // Delete, because repartition topics are purged of what has been processed.
    ...on("Topic", internal, "Create", "Read", "Write", "Delete"),
    ...(app.exactlyOnce ? on("TransactionalID", internal, "Write") : []),
  ]);
}

/** The worker's own rights; what its connectors read and write is declared as any other. */
function connectCluster(cluster: ConnectCluster): DeclaredRight[] {
  const { group, configTopic, offsetTopic, statusTopic } = cluster;
  return asked(`Connect cluster ${group}`, [
    ...on("Group", group, "Read"),
    ...[configTopic, offsetTopic, statusTopic].flatMap((topic) =>
      // DescribeConfigs, because a worker checks that the topic is compacted.
      on("Topic", topic, "Read", "Write", "DescribeConfigs"),
    ),
    // The leader's id, and those of the tasks (KIP-618).
    ...(cluster.exactlyOnce
      ? [
          ...on("TransactionalID", `connect-cluster-${group}`, "Write"),
          ...on("TransactionalID", `${group}-*`, "Write"),
        ]
      : []),
  ]);
}

const schemaRegistry = ({ topics, group }: SchemaRegistry) =>
  asked(`schema registry ${group}`, [
    ...topics.flatMap((topic) => on("Topic", topic, "Read", "Write", "DescribeConfigs")),
    ...on("Group", group, "Read"),
  ]);

/** The names are those of MirrorMaker 2's default replication policy. */
const mirrorTarget = ({ target, topics, groups }: MirrorTarget) =>
  asked(`mirrors to ${target}`, [
    ...topics.flatMap((topic) => on("Topic", topic, "Read", "DescribeConfigs")),
    ...groups.flatMap((group) => on("Group", group, "Describe")),
    ...on("Topic", `mm2-offset-syncs.${target}.internal`, "Create", "Read", "Write"),
  ]);

const mirrorSource = (source: string) =>
  asked(`mirrors from ${source}`, [
    // Alter grows partitions, AlterConfigs follows the source's configuration.
    ...on("Topic", `${source}.*`, "Create", "Read", "Write", "Alter", "AlterConfigs"),
    ...on("Topic", "heartbeats", "Create", "Write"),
    ...["configs", "offsets", "status"].flatMap((kind) =>
      on("Topic", `mm2-${kind}.${source}.internal`, "Create", "Read", "Write", "DescribeConfigs"),
    ),
    ...on("Group", `${source}-mm2`, "Read"),
  ]);

const asked = (because: string, rights: readonly Right[]): DeclaredRight[] =>
  rights.map((right) => ({ right, because }));

/** `name` as declared: with `*` at its end it is a prefix, and `*` alone is every name. */
function on(
  resourceType: Right["resourceType"],
  name: string,
  ...operations: Right["operation"][]
): Right[] {
  const prefixed = name.endsWith("*") && name !== "*";
  const resourceName = prefixed ? name.slice(0, -1) : name;
  const patternType = prefixed ? "Prefixed" : "Literal";
  return operations.map((operation) => ({ operation, resourceType, resourceName, patternType }));
}

/** Enough to see topics, configuration, quorum, log directories, groups, offsets, ACLs and quotas. */
const INSPECTOR: readonly Right[] = [
  ...on("Cluster", CLUSTER_NAME, "Describe", "DescribeConfigs"),
  ...on("Topic", "*", "Describe", "DescribeConfigs"),
  ...on("Group", "*", "Describe"),
];

/** The same, and the records. */
const OBSERVER: readonly Right[] = [...INSPECTOR, ...on("Topic", "*", "Read")];
