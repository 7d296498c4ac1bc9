import { isDeepStrictEqual } from "node:util";
import { type NameRegion, nameRegions } from "../../model/access/name-regions.ts";
import {
  CLUSTER_NAME,
  type AclOperation,
  OPERATIONS,
  type ResourceType,
} from "../../model/access/operations.ts";
import { type DeclaredAccess, principalOf } from "./declared-access.ts";

/** What somebody may do to a resource, or to every name that begins like it (`*`). */
export interface MatrixRow {
  readonly resourceType: ResourceType;
  readonly name: string;
  /** Every operation that the type has, and whether it is allowed. */
  readonly operations: Readonly<Partial<Record<AclOperation, boolean>>>;
  /** The narrowest row that means this name too and says the same of it. */
  readonly sameAs?: string | undefined;
}

const TYPES = ["Topic", "Group", "TransactionalID", "Cluster"] as const;

/**
 * Everything an account may and may not do, from one address: a row for each declared topic, and for
 * each further name, or beginning of names, that its own entries mention.
 */
export function accessMatrix(
  { acls, authorizer }: DeclaredAccess,
  { username, host }: { readonly username: string; readonly host: string },
  topics: readonly string[],
): MatrixRow[] {
  const principal = principalOf(username);
  const own = acls.map(({ entry }) => entry).filter((entry) => entry.principal === principal);
  const declared = topics.map((resourceName) => ({
    resourceName,
    patternType: "Literal" as const,
  }));
  return TYPES.flatMap((resourceType) => {
    const mentioned = own.filter((entry) => entry.resourceType === resourceType);
    const rowOf = ({ label, example }: Pick<NameRegion, "label" | "example">): MatrixRow =>
      row(resourceType, label, (operation) =>
        authorizer.allows({ principal, host, operation, resourceType, resourceName: example }),
      );
    if (resourceType === "Cluster") return [rowOf({ label: CLUSTER_NAME, example: CLUSTER_NAME })];
    const isTopic = resourceType === "Topic";
    const rows = nameRegions([...mentioned, ...(isTopic ? declared : [])]).map((region) => {
      const [own, around] = [rowOf(region), region.parent && rowOf(region.parent)];
      return isDeepStrictEqual(own.operations, around?.operations)
        ? { ...own, sameAs: around?.name }
        : own;
    });
    // Of names that nobody declares there are endless many: only what it may do is told.
    return rows.filter((one) => topics.includes(one.name) || mayAnything(one));
  });
}

const row = (
  resourceType: ResourceType,
  name: string,
  isAllowed: (operation: AclOperation) => boolean,
): MatrixRow => ({
  resourceType,
  name,
  operations: Object.fromEntries(
    OPERATIONS[resourceType].map((operation: AclOperation) => [operation, isAllowed(operation)]),
  ),
});

/** What each account may do to one topic; one that may do nothing is in it too. */
export const topicMatrix = (
  { accounts, authorizer }: DeclaredAccess,
  topic: string,
  hostOf: (account: DeclaredAccess["accounts"][number]) => string,
): Record<string, MatrixRow["operations"]> =>
  Object.fromEntries(
    accounts.map((account) => {
      const request = { principal: principalOf(account.username), host: hostOf(account) };
      const on = { ...request, resourceType: "Topic" as const, resourceName: topic };
      const { operations } = row("Topic", topic, (operation) =>
        authorizer.allows({ ...on, operation }),
      );
      return [account.username, operations];
    }),
  );

export const mayAnything = ({ operations }: Pick<MatrixRow, "operations">): boolean =>
  Object.values(operations).includes(true);
