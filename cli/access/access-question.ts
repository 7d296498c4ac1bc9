import {
  CLUSTER_NAME,
  OPERATIONS,
  type AclOperation,
  type ResourceType,
} from "../../model/access/operations.ts";
import { UserError } from "../../model/values/user-error.ts";

const TYPES: Readonly<Record<string, ResourceType>> = {
  topic: "Topic",
  group: "Group",
  "transactional-id": "TransactionalID",
  cluster: "Cluster",
};

/** A question as it is typed: an operation in any spelling, and `topic:orders`, `group:g` or `cluster`. */
export interface Asked {
  readonly operation: AclOperation;
  readonly resourceType: ResourceType;
  readonly resourceName: string;
}

/**
 * @param topics names that somebody may have given without their type
 * @throws UserError that lists the operations, or the types, there are
 */
export function askedFor(operation: string, resource: string, topics: readonly string[]): Asked {
  const [, kind = resource, name = ""] = /^([^:]*):(.*)$/.exec(resource) ?? [];
  const resourceType = TYPES[kind.toLowerCase()];
  if (!resourceType || (resourceType === "Cluster") !== (name === "")) {
    const question = topics.includes(resource) ? ` Did you mean "topic:${resource}"?` : "";
    throw new UserError(
      `"${resource}" is no resource: wanted topic:NAME, group:NAME, transactional-id:NAME or cluster.${question}`,
    );
  }
  const known: readonly AclOperation[] = OPERATIONS[resourceType];
  const plain = (word: string) => word.toLowerCase().replaceAll(/[-_]/g, "");
  const found = known.find((one) => plain(one) === plain(operation));
  if (!found) {
    throw new UserError(
      `"${operation}" is no operation on a ${kind.toLowerCase()}: wanted ${known.join(", ")}.`,
    );
  }
  const resourceName = resourceType === "Cluster" ? CLUSTER_NAME : name;
  return { operation: found, resourceType, resourceName };
}
