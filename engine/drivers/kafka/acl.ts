import type { AclBinding } from "../../../clients/kafka/acls.ts";
import type { CheckFailure, CheckResult, Properties, ResourceDriver } from "../driver.ts";
import type { KafkaClient } from "./client.ts";
import { changedProperties, checkProperties, knownText, oneOf, text } from "./properties.ts";

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
const PRINCIPAL_WANTED = 'must be a principal with its type, such as "User:orders"';

const RULES = {
  aclPrincipal: { required: true, judge: text(PRINCIPAL_WANTED, /^User:./) },
  aclHost: { required: true, judge: text('must be an address or "*"', /^\S+$/) },
  aclOperation: { required: true, judge: oneOf(...Object.keys(OPERATIONS)) },
  aclPermissionType: { required: true, judge: oneOf(...Object.keys(PERMISSIONS)) },
  aclResourceType: { required: true, judge: oneOf(...Object.keys(RESOURCE_TYPES)) },
  aclResourceName: { required: true, judge: text() },
  resourcePatternTypeFilter: { default: "Literal", judge: oneOf(...Object.keys(PATTERNS)) },
};

/** `kafka:index/acl:Acl`. Every change replaces; creating an entry that exists adopts it. */
export const aclDriver: ResourceDriver<KafkaClient> = {
  type: "kafka:index/acl:Acl",

  check(inputs): CheckResult {
    const result = checkProperties(inputs, RULES);
    return { ...result, failures: [...result.failures, ...clusterFaults(result.inputs)] };
  },

  diff(old, inputs) {
    const changed = changedProperties(old.inputs, inputs, RULES);
    return { changed, replace: changed };
  },

  plan: (inputs) => inputs,

  async create({ createAcl }, inputs, { signal }) {
    await createAcl.submit(toBinding(inputs), signal);
    // The order of the id's parts is the one `pulumi import` takes.
    const id = Object.keys(RULES).map((name) => knownText(inputs, name));
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
  const reason = `aclResourceName "${aclResourceName}" must be "${CLUSTER_NAME}" where aclResourceType is Cluster.`;
  return [{ property: "aclResourceName", reason }];
}

function toBinding(inputs: Properties): AclBinding {
  return {
    principal: knownText(inputs, "aclPrincipal"),
    host: knownText(inputs, "aclHost"),
    operation: OPERATIONS[knownText(inputs, "aclOperation") as keyof typeof OPERATIONS],
    permissionType: PERMISSIONS[knownText(inputs, "aclPermissionType") as keyof typeof PERMISSIONS],
    resourceType:
      RESOURCE_TYPES[knownText(inputs, "aclResourceType") as keyof typeof RESOURCE_TYPES],
    resourceName: knownText(inputs, "aclResourceName"),
    patternType: PATTERNS[knownText(inputs, "resourcePatternTypeFilter") as keyof typeof PATTERNS],
  };
}
