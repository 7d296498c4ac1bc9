import type { AclBinding } from "../../../clients/kafka/acls.ts";
import type { CheckFailure, CheckResult, Properties, ResourceDriver } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import { defaulted, filled, oneOf, required, text } from "../property-rules.ts";
import { checkTable, diffTable, known, replaces } from "../property-table.ts";

// The provider's spellings of Kafka's names. It has no USER resources and no token operations.
const RESOURCE_TYPES = {
  Topic: "TOPIC",
  Group: "GROUP",
  Cluster: "CLUSTER",
  TransactionalID: "TRANSACTIONAL_ID",
  DelegationToken: "DELEGATION_TOKEN",
} as const;
const OPERATIONS = {
  All: "ALL",
  Read: "READ",
  Write: "WRITE",
  Create: "CREATE",
  Delete: "DELETE",
  Alter: "ALTER",
  Describe: "DESCRIBE",
  ClusterAction: "CLUSTER_ACTION",
  DescribeConfigs: "DESCRIBE_CONFIGS",
  AlterConfigs: "ALTER_CONFIGS",
  IdempotentWrite: "IDEMPOTENT_WRITE",
} as const;
const PERMISSIONS = { Allow: "ALLOW", Deny: "DENY" } as const;
const PATTERNS = { Literal: "LITERAL", Prefixed: "PREFIXED" } as const;

const CLUSTER_NAME = "kafka-cluster";
const PRINCIPAL = {
  pattern: /^User:./,
  wanted: 'a principal with its type, such as "User:orders"',
};

const wordOf = <T extends string>(words: Readonly<Record<T, string>>) =>
  oneOf(...(Object.keys(words) as T[]));

const table = {
  aclPrincipal: replaces(required(text(PRINCIPAL))),
  aclHost: replaces(required(text({ pattern: /^\S+$/, wanted: 'an address or "*"' }))),
  aclOperation: replaces(required(wordOf(OPERATIONS))),
  aclPermissionType: replaces(required(wordOf(PERMISSIONS))),
  aclResourceType: replaces(required(wordOf(RESOURCE_TYPES))),
  aclResourceName: replaces(required(text(filled))),
  resourcePatternTypeFilter: replaces(defaulted(wordOf(PATTERNS), "Literal")),
};

/** `kafka:index/acl:Acl`. Every change replaces; creating an entry that exists adopts it. */
export const aclDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/acl:Acl",

  check(inputs): CheckResult {
    const result = checkTable(table, inputs);
    return { ...result, failures: [...result.failures, ...clusterFaults(result.inputs)] };
  },

  diff: (old, inputs) => diffTable(table, old.inputs, inputs),

  plan: (inputs) => inputs,

  async create({ createAcl }, inputs, { signal }) {
    await createAcl.submit(toBinding(inputs), signal);
    // The order of the id's parts is the one `pulumi import` takes.
    const acl = known<typeof table>(inputs);
    const id = Object.keys(table).map((name) => acl[name as keyof typeof acl]);
    return { id: id.join("|"), outputs: inputs };
  },

  async read({ hasAcl }, old, { signal }) {
    return (await hasAcl.submit(toBinding(old.inputs), signal)) ? old : undefined;
  },

  update: (_client, old) =>
    Promise.reject(
      new Error(`ACL ${old.id} cannot be updated in place; every change replaces it.`),
    ),

  async delete({ deleteAcl }, old, { signal }) {
    await deleteAcl.submit(toBinding(old.inputs), signal);
  },
};

/** Kafka knows one cluster resource. */
function clusterFaults({ aclResourceType, aclResourceName }: Properties): CheckFailure[] {
  if (aclResourceType !== "Cluster" || typeof aclResourceName !== "string") return [];
  if (aclResourceName === CLUSTER_NAME) return [];
  const reason = `aclResourceName must be "${CLUSTER_NAME}" where aclResourceType is Cluster, not "${aclResourceName}"`;
  return [{ property: "aclResourceName", reason }];
}

function toBinding(inputs: Properties): AclBinding {
  const acl = known<typeof table>(inputs);
  return {
    principal: acl.aclPrincipal,
    host: acl.aclHost,
    operation: OPERATIONS[acl.aclOperation],
    permissionType: PERMISSIONS[acl.aclPermissionType],
    resourceType: RESOURCE_TYPES[acl.aclResourceType],
    resourceName: acl.aclResourceName,
    patternType: PATTERNS[acl.resourcePatternTypeFilter],
  };
}
