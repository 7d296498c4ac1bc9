import {
  type NamedResource,
  namedResource,
  RESOURCE_TEXT,
} from "../../model/access/resource-text.ts";
import { type AclOperation, OPERATIONS } from "../../model/access/operations.ts";
import { UserError } from "../../model/values/user-error.ts";

/** A question as it is typed: an operation in any spelling, and `topic:orders`, `group:g` or `cluster`. */
export interface Asked extends NamedResource {
  readonly operation: AclOperation;
}

/**
 * @param topics names that somebody may have given without their type
 * @throws UserError that lists the operations, or the types, there are
 */
export function askedFor(operation: string, resource: string, topics: readonly string[]): Asked {
  const named = namedResource(resource);
  if (!named) {
    const question = topics.includes(resource) ? ` Did you mean "topic:${resource}"?` : "";
    throw new UserError(`"${resource}" is no resource: wanted ${RESOURCE_TEXT}.${question}`);
  }
  const { resourceType } = named;
  const known: readonly AclOperation[] = OPERATIONS[resourceType];
  const plain = (word: string) => word.toLowerCase().replaceAll(/[-_]/g, "");
  const found = known.find((one) => plain(one) === plain(operation));
  if (!found) {
    throw new UserError(
      `"${operation}" is no operation on a ${kindOf(resource)}: wanted ${known.join(", ")}.`,
    );
  }
  return { operation: found, ...named };
}

const kindOf = (resource: string): string => resource.replace(/:.*/, "").toLowerCase();
