import type { DeclaredGrants } from "../access/grants.ts";
import { matchesPattern } from "../access/name-pattern.ts";
import { grantsOperation } from "../access/operations.ts";
import { namedResource } from "../access/resource-text.ts";
import type { Catalogue, CatalogueAccount } from "./catalogue.ts";

/** That an account writes to a topic. */
export interface TopicWriter {
  readonly topic: string;
  readonly account: string;
  /** Only what it cannot process goes there. */
  readonly deadLetters: boolean;
}

/** That an account reads a topic. */
export interface TopicReader {
  readonly topic: string;
  readonly account: string;
  /** Consumer group that it reads as; each reads the whole topic once. Not everybody has one: mirrors do not. */
  readonly group: string | undefined;
}

/** Who uses which topic of the catalogue as a client. Whoever may merely look at it is not in it. */
export interface TopicUsage {
  readonly writers: readonly TopicWriter[];
  readonly readers: readonly TopicReader[];
}

export function topicUsage({ topics, accounts }: Catalogue): TopicUsage {
  const names = topics.map(({ name }) => name);
  const uses = accounts.flatMap((account) => usesOf(account, names));
  return {
    writers: distinct(uses.flatMap(({ writers }) => writers)),
    readers: distinct(uses.flatMap(({ readers }) => readers)),
  };
}

function usesOf(
  { name: account, grants, groupGrants }: CatalogueAccount,
  names: readonly string[],
): TopicUsage[] {
  const meant = (mentioned: readonly string[]) => matchingTopics(mentioned, names);
  const writes = (mentioned: readonly string[], deadLetters = false) =>
    meant(mentioned).map((topic): TopicWriter => ({ topic, account, deadLetters }));
  const reads = (mentioned: readonly string[], group: string | undefined) =>
    meant(mentioned).map((topic): TopicReader => ({ topic, account, group }));
  return [grants, ...Object.values(groupGrants)].map((granted) => ({
    writers: [
      ...writes(granted.produces),
      ...(granted.streams ?? []).flatMap(({ produces }) => writes(produces)),
      ...stateTopicsOf(granted).flatMap(({ topics }) => writes(topics)),
      ...writes(allowedTopics(granted, "Write")),
      ...writes(
        (granted.deadLetters ?? []).map(({ topic }) => topic),
        true,
      ),
    ],
    readers: [
      ...granted.consumes.flatMap(({ topics, group }) => reads(topics, group)),
      ...(granted.streams ?? []).flatMap(({ consumes, applicationId }) =>
        reads(consumes, applicationId),
      ),
      ...stateTopicsOf(granted).flatMap(({ topics, group }) => reads(topics, group)),
      ...(granted.mirrorsTo ?? []).flatMap(({ topics }) => reads(topics, undefined)),
      ...reads(allowedTopics(granted, "Read"), undefined),
    ],
  }));
}

/** Topics in which a program keeps what it knows: it both writes and reads them. */
const stateTopicsOf = ({ connect = [], schemaRegistries = [] }: DeclaredGrants) => [
  ...connect.map(({ group, configTopic, offsetTopic, statusTopic }) => ({
    group,
    topics: [configTopic, offsetTopic, statusTopic],
  })),
  ...schemaRegistries,
];

/** Topics of entries in Kafka's words. One on every topic says nothing about any. */
const allowedTopics = ({ acls = [] }: DeclaredGrants, operation: "Read" | "Write"): string[] =>
  acls.flatMap(({ allow = [], on }) => {
    const resource = namedResource(on);
    const isMeant = resource?.resourceType === "Topic" && resource.resourceName !== "*";
    return isMeant && allow.some((one) => grantsOperation(one, operation))
      ? [resource.resourceName]
      : [];
  });

/** Declared topics that are named, or begin as `*` says. */
function matchingTopics(mentioned: readonly string[], names: readonly string[]): string[] {
  const exact = new Set(mentioned);
  const prefixes = mentioned.filter((name) => name.endsWith("*"));
  return names.filter(
    (name) => exact.has(name) || prefixes.some((prefix) => matchesPattern(prefix, name)),
  );
}

const distinct = <T>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];
