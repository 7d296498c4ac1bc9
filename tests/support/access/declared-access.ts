import type { Right } from "../../../model/access/acl.ts";
import type { Grants } from "../../../model/access/grants.ts";

/** What a client asks the authorizer. */
export type Question = Pick<Right, "operation" | "resourceType" | "resourceName">;

/** A client's rights on one kind of name; `*` at the end of a name stands for whatever follows. */
interface Claim {
  readonly resourceType: Right["resourceType"];
  readonly names: readonly string[];
  readonly operations: readonly Right["operation"][];
}

const WRITES = ["Write", "Describe"] as const;
const READS = ["Read", "Describe"] as const;

/**
 * Whether the grants mean that a client may do this: the same question as the authorizer's, put to the
 * declaration itself. Written from Kafka's documentation and without a look at the compiled entries,
 * so that the two can be compared.
 */
export const isDeclared = (grants: Grants, question: Question): boolean =>
  claims(grants).some((claim) => isAbout(claim, question)) && !isDenied(grants, question);

/** Whether the grants deny it, whatever else gives it. */
export const isDenied = ({ acls = [] }: Grants, question: Question): boolean =>
  acls.some(({ deny = [], on }) =>
    isAbout({ ...subjectOf(on), operations: deny.flatMap(itself) }, question),
  );

const isAbout = ({ resourceType, names, operations }: Claim, question: Question): boolean =>
  resourceType === question.resourceType &&
  operations.includes(question.operation) &&
  names.some((name) => isNamed(name, question.resourceName));

/** Every name that the grants mention, of which kind it is. */
export const declaredNames = (
  grants: Grants,
): { readonly resourceType: Right["resourceType"]; readonly name: string }[] =>
  claims(grants).flatMap(({ resourceType, names }) =>
    names.map((name) => ({ resourceType, name })),
  );

/** Whether a declared name means this one. */
export const isNamed = (name: string, asked: string): boolean =>
  name.endsWith("*") ? asked.startsWith(name.slice(0, -1)) : name === asked;

const topics = (names: readonly string[], ...operations: Claim["operations"]): Claim => ({
  resourceType: "Topic",
  names,
  operations,
});
const groups = (...names: string[]): Claim => ({
  resourceType: "Group",
  names,
  operations: READS,
});
const transactions = (...names: string[]): Claim => ({
  resourceType: "TransactionalID",
  names,
  operations: WRITES,
});

/** What Kafka's documentation lists for a type of resource. */
const EVERY: Record<Claim["resourceType"], Claim["operations"]> = {
  Topic: [
    ...(["Read", "Write", "Create", "Delete", "Alter", "Describe"] as const),
    ...(["AlterConfigs", "DescribeConfigs"] as const),
  ],
  Group: ["Read", "Delete", "Describe", "AlterConfigs", "DescribeConfigs"],
  TransactionalID: ["Write", "Describe"],
  Cluster: [
    ...(["Create", "Alter", "Describe", "AlterConfigs", "DescribeConfigs"] as const),
    ...(["ClusterAction", "IdempotentWrite"] as const),
  ],
};

const itself = (operation: Right["operation"]): Claim["operations"] =>
  operation === "All" ? Object.values(EVERY).flat() : [operation];

/** An entry that allows stands for more than itself: whoever may read may describe. */
function andImplied(operation: Right["operation"]): Claim["operations"] {
  if (["Read", "Write", "Delete", "Alter"].includes(operation)) return [operation, "Describe"];
  if (operation === "AlterConfigs") return [operation, "DescribeConfigs"];
  return itself(operation);
}

function subjectOf(on: string): Omit<Claim, "operations"> {
  if (on === "cluster") return { resourceType: "Cluster", names: ["kafka-cluster"] };
  const [kind, name] = [on.slice(0, on.indexOf(":")), on.slice(on.indexOf(":") + 1)];
  const types = { topic: "Topic", group: "Group", "transactional-id": "TransactionalID" } as const;
  return { resourceType: types[kind as keyof typeof types], names: [name] };
}

function claims(grants: Grants): Claim[] {
  const { produces = [], consumes = [], deadLetters = [], transactionalIds = [] } = grants;
  const { describes = [], creates = [], acls = [] } = grants;
  const { streams = [], connect = [], schemaRegistries = [] } = grants;
  const { mirrorsTo = [], mirrorsFrom = [], inspects = false, observes = false } = grants;
  return [
    topics(produces, ...WRITES),
    topics(
      deadLetters.map(({ topic }) => topic),
      ...WRITES,
    ),
    topics(describes, "Describe"),
    topics(creates, "Create"),
    ...consumes.flatMap((one) => [
      topics(one.topics, ...READS),
      groups(...(one.group === undefined ? [] : [one.group])),
    ]),
    ...acls.map(({ allow = [], on }) => ({
      ...subjectOf(on),
      operations: allow.flatMap(andImplied),
    })),
    transactions(...transactionalIds),
    ...streams.flatMap(({ applicationId: id, consumes, produces, exactlyOnce }) => [
      topics(consumes, ...READS),
      topics(produces, ...WRITES),
      topics([`${id}-*`], ...READS, "Write", "Create", "Delete"),
      groups(id),
      transactions(...(exactlyOnce ? [`${id}-*`] : [])),
    ]),
    ...connect.flatMap(({ group, configTopic, offsetTopic, statusTopic, exactlyOnce }) => [
      topics([configTopic, offsetTopic, statusTopic], ...READS, "Write", "DescribeConfigs"),
      groups(group),
      transactions(...(exactlyOnce ? [`connect-cluster-${group}`, `${group}-*`] : [])),
    ]),
    ...schemaRegistries.flatMap((registry) => [
      topics(registry.topics, ...READS, "Write", "DescribeConfigs"),
      groups(registry.group),
    ]),
    ...mirrorsTo.flatMap(({ target, topics: copied, groups: names }) => [
      topics(copied, ...READS, "DescribeConfigs"),
      { resourceType: "Group" as const, names, operations: ["Describe"] as const },
      topics([`mm2-offset-syncs.${target}.internal`], ...READS, "Write", "Create"),
    ]),
    ...mirrorsFrom.flatMap((source) => [
      topics([`${source}.*`], ...READS, "Write", "Create", "Alter", "AlterConfigs"),
      // Whoever may change a configuration may look at it.
      topics([`${source}.*`], "DescribeConfigs"),
      topics(["heartbeats"], ...WRITES, "Create"),
      topics(
        ["configs", "offsets", "status"].map((kind) => `mm2-${kind}.${source}.internal`),
        ...READS,
        "Write",
        "Create",
        "DescribeConfigs",
      ),
      groups(`${source}-mm2`),
    ]),
    ...(inspects || observes ? everythingVisible(observes) : []),
  ];
}

const everythingVisible = (records: boolean): Claim[] => [
  topics(["*"], "Describe", "DescribeConfigs", ...(records ? (["Read"] as const) : [])),
  { resourceType: "Group", names: ["*"], operations: ["Describe"] },
  {
    resourceType: "Cluster",
    names: ["kafka-cluster"],
    operations: ["Describe", "DescribeConfigs"],
  },
];
