import { grantsOperation, type AclOperation, type ResourceType } from "./operations.ts";

/** One access-control entry in Kafka's own words: who may do what on which resource, from where. */
export interface AclEntry extends Right {
  readonly principal: string;
  /** One address in the form Java prints it, or `*`. */
  readonly host: string;
  readonly permission: "Allow" | "Deny";
}

/** What the Kafka provider has no words for. */
type WithoutWord = "TwoPhaseCommit" | "CreateTokens" | "DescribeTokens";

/** What is allowed, whoever it is allowed to, or denied. The spellings are those of the Kafka provider. */
export interface Right {
  readonly operation: Exclude<AclOperation, WithoutWord> | "All";
  readonly resourceType: GrantedType;
  readonly resourceName: string;
  readonly patternType: "Literal" | "Prefixed";
}

/** Types of resources that declarations are about. */
export type GrantedType = Exclude<ResourceType, "DelegationToken" | "User">;

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

/** What {@link aclIdentity} is for an entry, for a right. */
export const rightIdentity = (right: Right): string =>
  [right.operation, right.resourceType, right.resourceName, right.patternType].join("|");

/** Whether everything that `inner` allows is allowed by `outer` alone. */
export const covers = (outer: Right, inner: Right): boolean =>
  outer.resourceType === inner.resourceType &&
  grantsOperation(outer.operation, inner.operation) &&
  coversName(outer, inner);

/** Whether everything that `inner` denies is denied by `outer` alone: what denies implies nothing. */
export const coversDenial = (outer: Right, inner: Right): boolean =>
  outer.resourceType === inner.resourceType &&
  (outer.operation === "All" || outer.operation === inner.operation) &&
  coversName(outer, inner);

function coversName(outer: Right, inner: Right): boolean {
  if (outer.patternType === "Prefixed") {
    // A literal `*` is every name, so no prefix reaches it.
    const everything = inner.patternType === "Literal" && inner.resourceName === "*";
    return !everything && inner.resourceName.startsWith(outer.resourceName);
  }
  if (outer.resourceName === "*") return true;
  return inner.patternType === "Literal" && outer.resourceName === inner.resourceName;
}
