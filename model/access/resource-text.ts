import type { GrantedType } from "./acl.ts";
import { CLUSTER_NAME } from "./operations.ts";

/** How people write a type of resource. */
const TYPES: Readonly<Record<string, GrantedType>> = {
  topic: "Topic",
  group: "Group",
  "transactional-id": "TransactionalID",
  cluster: "Cluster",
};

/** What a resource is written as, for the message to somebody who wrote something else. */
export const RESOURCE_TEXT = "topic:NAME, group:NAME, transactional-id:NAME or cluster";

export interface NamedResource {
  readonly resourceType: GrantedType;
  readonly resourceName: string;
}

/** A resource as it is written: `topic:orders`, `group:billing` or `cluster`; undefined for any other text. */
export function namedResource(written: string): NamedResource | undefined {
  const [, kind = written, name = ""] = /^([^:]*):(.*)$/.exec(written) ?? [];
  const type = kind.toLowerCase();
  const resourceType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!resourceType || (resourceType === "Cluster") !== (name === "")) return undefined;
  return { resourceType, resourceName: resourceType === "Cluster" ? CLUSTER_NAME : name };
}
