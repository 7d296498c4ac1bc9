import { z } from "zod";
import { formerUrns, makeUrn, parseUrn, type ResourceGoal, reveal } from "../../engine/index.ts";
import { ACL, CREDENTIAL, QUOTA, TOPIC } from "../../model/stack/resource-types.ts";

/**
 * Where each thing in Kafka is declared, whatever the stack: its identity, and its places, the present one
 * first. A place is a URN without stack and project. Places from before stay until somebody takes them
 * out: a stack that was not applied since still has the thing there.
 */
export type Lock = Readonly<Record<string, readonly string[]>>;

export const lockSchema = z.record(z.string(), z.array(z.string()).min(1));

/** A thing in Kafka as a program declares it. */
export interface Kept {
  readonly identity: string;
  readonly place: string;
  /** Where its aliases, and those of what it is part of, say that it was. */
  readonly former: readonly string[];
}

/** What a program keeps in Kafka. */
export function keptInKafka(
  goals: readonly ResourceGoal[],
  { stack, project }: { readonly stack: string; readonly project: string },
): Kept[] {
  const before = new Map<string, string>();
  return goals.flatMap((goal) => {
    const { type, name, parent } = goal;
    const urn = makeUrn(stack, project, parent, type, name);
    const identity = { stack, project, parent, type, name };
    const former = formerUrns(identity, goal.aliases, (other) => before.get(other));
    const [first] = former;
    if (first !== undefined) before.set(urn, first);
    const kept = identityOf(goal);
    return kept === undefined
      ? []
      : [{ identity: kept, place: placeOf(urn), former: former.map(placeOf) }];
  });
}

const placeOf = (urn: string): string => {
  const { qualifiedType, name } = parseUrn(urn);
  return `${qualifiedType}::${name}`;
};

/** Kafka's own words for what a resource declares; none for what is not in Kafka. */
function identityOf({ type, inputs }: ResourceGoal): string | undefined {
  const text = (key: string): string => {
    const value = Object.hasOwn(inputs, key) ? reveal(inputs[key] ?? "") : "";
    return typeof value === "string" ? value : "";
  };
  const fields = IDENTITY[type];
  if (fields === undefined) return undefined;
  const [kind, ...keys] = fields;
  return `${kind} ${keys.map(text).join("|")}`;
}

const IDENTITY: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [TOPIC]: ["topic", "name"],
  [ACL]: [
    ...(["acl", "aclPrincipal", "aclHost", "aclOperation", "aclPermissionType"] as const),
    ...["aclResourceType", "aclResourceName", "resourcePatternTypeFilter"],
  ],
  [CREDENTIAL]: ["credential", "username", "scramMechanism"],
  [QUOTA]: ["quota", "entityType", "entityName"],
};

/** What has moved, and nothing says so: applied as it is, live objects would be taken away. */
export function unannounced(lock: Lock, kept: readonly Kept[]): string[] {
  return kept.flatMap(({ identity, place, former }) =>
    placesIn(lock, identity)
      .filter((old) => old !== place && !former.includes(old))
      .map(
        (old) =>
          `${identity} was ${old} and is now ${place}: the provider would make it under the new name and ` +
          `then take it away under the old one. Spread ...moved("${old}") into its options where it is ` +
          "made (components/kafka/moved.ts), or leave it where it was.",
      ),
  );
}

/** The lock as it should be. What is declared nowhere any more is not in it. */
export function nextLock(lock: Lock, kept: readonly Kept[]): Lock {
  const next = new Map<string, readonly string[]>();
  for (const { identity, place } of kept) {
    const places = [place, ...(next.get(identity) ?? []), ...placesIn(lock, identity)];
    next.set(identity, [...new Set(places)]);
  }
  return Object.fromEntries([...next].sort(([one], [other]) => (one < other ? -1 : 1)));
}

const placesIn = (lock: Lock, identity: string): readonly string[] =>
  Object.hasOwn(lock, identity) ? (lock[identity] ?? []) : [];
