import { aclIdentity, type AclEntry, covers, type Right, rightIdentity } from "./acl.ts";
import { PatternIndex } from "./pattern-index.ts";
import { type DeclaredRight, declaredRights } from "./rights.ts";

/**
 * What an account may do, in the words of a declaration. Names of topics, groups and transactional
 * ids may end in `*`: then every name that starts so is meant.
 */
export interface Grants {
  /** Topics it may write to; idempotent producers need nothing more since Kafka 3.0 (KIP-679). */
  readonly produces?: readonly string[] | undefined;
  /** Topics it may read from, as a member of the groups given. */
  readonly consumes?: readonly Consumption[] | undefined;
  /** Where it puts the records of its topics that it cannot process: follows from what it consumes. */
  readonly deadLetters?: readonly DeadLetter[] | undefined;
  /** Transactional ids of its producers. */
  readonly transactionalIds?: readonly string[] | undefined;
  /** Kafka Streams applications that run as it. */
  readonly streams?: readonly StreamsApplication[] | undefined;
  /** Kafka Connect clusters whose workers run as it. */
  readonly connect?: readonly ConnectCluster[] | undefined;
  /** Schema registries that keep their schemas in topics. */
  readonly schemaRegistries?: readonly SchemaRegistry[] | undefined;
  /** MirrorMaker 2 reading from this cluster. */
  readonly mirrorsTo?: readonly MirrorTarget[] | undefined;
  /** MirrorMaker 2 writing into this cluster: alias of each cluster it copies from. */
  readonly mirrorsFrom?: readonly string[] | undefined;
  /** May look at everything except records, and change nothing: a read-only operator. */
  readonly inspects?: boolean | undefined;
  /** May look at everything and read every topic, and change nothing: what a UI needs. */
  readonly observes?: boolean | undefined;
}

export interface Consumption {
  readonly topics: readonly string[];
  /** Consumer group it joins. */
  readonly group: string;
}

export interface DeadLetter {
  /** Topic whose records fail. */
  readonly origin: string;
  /** Topic that takes them. */
  readonly topic: string;
}

export interface StreamsApplication {
  /** Its `application.id`: also its consumer group and the start of its internal names. */
  readonly applicationId: string;
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  /** Whether it runs with `processing.guarantee=exactly_once_v2`. */
  readonly exactlyOnce: boolean;
}

export interface ConnectCluster {
  /** Its `group.id`. */
  readonly group: string;
  /** Its `config.storage.topic`. */
  readonly configTopic: string;
  /** Its `offset.storage.topic`. */
  readonly offsetTopic: string;
  /** Its `status.storage.topic`. */
  readonly statusTopic: string;
  /** Whether it runs with `exactly.once.source.support=enabled`. */
  readonly exactlyOnce: boolean;
}

export interface SchemaRegistry {
  readonly topics: readonly string[];
  readonly group: string;
}

export interface MirrorTarget {
  /** Alias of the cluster that is copied to. */
  readonly target: string;
  readonly topics: readonly string[];
  /** Groups whose positions are copied too. */
  readonly groups: readonly string[];
}

/** Whose entries are compiled, from what. */
export interface Access {
  readonly username: string;
  /** Addresses it may come from. @default every address */
  readonly hosts?: readonly string[] | undefined;
  readonly grants: Grants;
  /** What it may do as a member of groups of accounts, by the name of the group. */
  readonly groups?: Readonly<Record<string, Grants>> | undefined;
}

/** An entry, and the declarations that asked for it; the latter are no part of its identity. */
export interface CompiledAcl {
  readonly entry: AclEntry;
  readonly because: readonly string[];
}

/**
 * The fewest entries that make the grants work: no duplicates, nothing that another entry allows
 * already, in an order that does not depend on the order of the declarations.
 */
export function compileGrants({
  username,
  hosts = [],
  grants,
  groups = {},
}: Access): CompiledAcl[] {
  const declared = [
    ...declaredRights(grants),
    ...Object.entries(groups).flatMap(([group, granted]) =>
      declaredRights(granted).map(({ right, because }) => ({
        right,
        because: `group ${group}: ${because}`,
      })),
    ),
  ];
  const addresses = hosts.length === 0 ? ["*"] : new Set(hosts);
  const rights = minimal(declared.map(({ right }) => right));
  const reasons = reasonsOf(rights, declared);
  return rights
    .flatMap((right) =>
      [...addresses].map((host) => ({
        entry: { principal: `User:${username}`, host, permission: "Allow" as const, ...right },
        because: [...new Set(reasons.get(right))].sort(),
      })),
    )
    .map((compiled) => [aclIdentity(compiled.entry), compiled] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, compiled]) => compiled);
}

/** The consumer groups it may join by its grants, sorted; `*` at the end of one: every name that starts so. */
export function consumerGroups({ grants, groups = {} }: Omit<Access, "username">): string[] {
  const all = [grants, ...Object.values(groups)].flatMap(({ consumes = [] }) => consumes);
  return [...new Set(all.map(({ group }) => group))].sort();
}

function minimal(rights: readonly Right[]): Right[] {
  const distinct = [...new Map(rights.map((right) => [rightIdentity(right), right])).values()];
  const index = new PatternIndex(distinct);
  return distinct.filter((right) => !coverOf(right, index).some((other) => other !== right));
}

/** The declarations that each right answers. */
function reasonsOf(rights: readonly Right[], declared: readonly DeclaredRight[]) {
  const reasons = new Map<Right, string[]>(rights.map((right) => [right, []]));
  const index = new PatternIndex(rights);
  for (const { right, because } of declared) {
    for (const cover of coverOf(right, index)) reasons.get(cover)?.push(because);
  }
  return reasons;
}

/** Rights that allow all that `right` allows. */
const coverOf = (right: Right, index: PatternIndex<Right>): Right[] =>
  [...index.matching(right.resourceName)].filter((other) => covers(other, right));
