import { grantsOperation, type AclOperation, type ResourceType } from "./operations.ts";
import { PatternIndex, type ResourcePattern } from "./pattern-index.ts";

/** One entry of an access control list as Kafka stores it. An `AclEntry` of the grants is one. */
export interface Acl extends ResourcePattern {
  /** With its type: `User:orders`; `User:*` is everybody. */
  readonly principal: string;
  /** One address in the form Java prints it, or `*`. */
  readonly host: string;
  readonly permission: "Allow" | "Deny";
  readonly operation: AclOperation | "All";
  readonly resourceType: ResourceType;
}

/** What an authorizer decides by. */
export interface AccessRules {
  readonly acls: readonly Acl[];
  /** Principals (`User:admin`) that may do everything: `super.users`. @default nobody */
  readonly superUsers?: readonly string[] | undefined;
  /**
   * Whether everybody may do everything to a resource that no entry is about:
   * `allow.everyone.if.no.acl.found`. @default false
   */
  readonly allowEveryoneIfNoAclFound?: boolean | undefined;
}

/** What a client asks for, and from where. */
export interface AccessRequest {
  readonly principal: string;
  readonly host: string;
  readonly operation: AclOperation;
  readonly resourceType: ResourceType;
  readonly resourceName: string;
}

/** What the authorizer says, and which of its rules made it. */
export type Authorization =
  | { readonly allowed: boolean; readonly because: "entry"; readonly acl: Acl }
  | { readonly allowed: true; readonly because: "super user" | "no entry on the resource" }
  | { readonly allowed: false; readonly because: "not granted" };

/** The principal that stands for everybody in an entry. */
export const EVERYBODY = "User:*";

/**
 * Kafka's `StandardAuthorizer` (4.3), without a broker: super users first, then an entry that denies,
 * then one that allows. Entries that allow imply Describe and DescribeConfigs, those that deny imply
 * nothing. `tests/broker/access` compares it with a real broker's.
 */
export class Authorizer {
  readonly #superUsers: ReadonlySet<string>;
  readonly #allowEveryoneIfNoAclFound: boolean;
  readonly #ofPrincipal: ReadonlyMap<string, PatternIndex<Acl>>;
  readonly #ofAnybody: ReadonlyMap<ResourceType, PatternIndex<Acl>>;

  constructor({ acls, superUsers = [], allowEveryoneIfNoAclFound = false }: AccessRules) {
    this.#superUsers = new Set(superUsers);
    this.#allowEveryoneIfNoAclFound = allowEveryoneIfNoAclFound;
    this.#ofPrincipal = indexed(acls, holder);
    // Only that rule asks whether there is an entry of anybody.
    this.#ofAnybody = indexed(allowEveryoneIfNoAclFound ? acls : [], (acl) => acl.resourceType);
  }

  decide(request: AccessRequest): Authorization {
    const { principal, resourceType, resourceName } = request;
    if (this.#superUsers.has(principal)) return { allowed: true, because: "super user" };
    let allowing: Acl | undefined;
    for (const acl of this.#about(request)) {
      if (acl.permission === "Deny") return { allowed: false, because: "entry", acl };
      allowing ??= acl;
    }
    if (allowing) return { allowed: true, because: "entry", acl: allowing };
    const isOpen =
      this.#allowEveryoneIfNoAclFound &&
      this.#ofAnybody.get(resourceType)?.has(resourceName) !== true;
    return isOpen
      ? { allowed: true, because: "no entry on the resource" }
      : { allowed: false, because: "not granted" };
  }

  allows(request: AccessRequest): boolean {
    return this.decide(request).allowed;
  }

  /** The entries that decide a request. */
  *#about({ principal, host, operation, resourceType, resourceName }: AccessRequest) {
    for (const named of new Set([principal, EVERYBODY])) {
      const index = this.#ofPrincipal.get(holder({ principal: named, resourceType }));
      for (const acl of index?.matching(resourceName) ?? []) {
        if (acl.host !== "*" && acl.host !== host) continue;
        const applies =
          acl.permission === "Allow"
            ? grantsOperation(acl.operation, operation)
            : acl.operation === "All" || acl.operation === operation;
        if (applies) yield acl;
      }
    }
  }
}

const holder = ({ principal, resourceType }: Pick<Acl, "principal" | "resourceType">) =>
  `${resourceType} ${principal}`;

const indexed = <Key>(acls: readonly Acl[], key: (acl: Acl) => Key): Map<Key, PatternIndex<Acl>> =>
  new Map([...Map.groupBy(acls, key)].map(([of, some]) => [of, new PatternIndex(some)]));
