import { readFileSync } from "node:fs";
import path from "node:path";
import { namedResource } from "../../../model/access/resource-text.ts";
import { matchesPattern } from "../../../model/access/name-pattern.ts";
import type { Right } from "../../../model/access/acl.ts";

/** A topic as an organisation's own tool declares it. */
export interface RealTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number | null;
  readonly config: Readonly<Record<string, string>>;
}

export interface RealAcl {
  readonly principal: string;
  readonly host: string;
  readonly operation: string;
  readonly permission: string;
  readonly resourceType: string;
  readonly name: string;
  readonly pattern: string;
}

interface RealCatalogue {
  readonly topics: readonly RealTopic[];
  readonly acls?: readonly RealAcl[];
  readonly groups?: readonly string[];
}

export const CATALOGUE_NAMES = [
  "learning",
  "observatory",
  "retailer",
  "telemetry",
  "transport",
] as const;

export const realCatalogue = (name: (typeof CATALOGUE_NAMES)[number]): RealCatalogue =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), "utf8")) as RealCatalogue;

/**
 * Rows of one name are one topic in several environments of theirs: the first of each name, the second, and
 * so on, so that each part is a catalogue.
 */
export function parts(topics: readonly RealTopic[]): RealTopic[][] {
  const seen = new Map<string, number>();
  const all: RealTopic[][] = [];
  for (const topic of topics) {
    const part = seen.get(topic.name) ?? 0;
    seen.set(topic.name, part + 1);
    (all[part] ??= []).push(topic);
  }
  return all;
}

/** Keys that a field of a declaration sets. */
const FIELDS = {
  "cleanup.policy": "cleanup",
  "delete.retention.ms": "tombstoneRetention",
  "max.message.bytes": "maxMessageSize",
  "min.insync.replicas": "minInsyncReplicas",
  "retention.bytes": "retentionSize",
  "retention.ms": "retention",
} as const;

/** The topic as it is declared here; what its owner did not say is what Kafka would have taken. */
export function declarationOf({ partitions, replicationFactor, config }: RealTopic) {
  const given = (key: keyof typeof FIELDS) => config[key];
  const cleanup = given("cleanup.policy") ?? "delete";
  const own = Object.entries(config).filter(([key]) => !Object.hasOwn(FIELDS, key));
  const codec = config["compression.type"] ?? "none";
  const minInsync = given("min.insync.replicas") ?? (replicationFactor === 1 ? "1" : undefined);
  return {
    cleanup,
    partitions,
    ...(replicationFactor !== null && { replicationFactor }),
    ...(minInsync !== undefined && { minInsyncReplicas: Number(minInsync) }),
    ...duration("retention", given("retention.ms") ?? (cleanup === "compact" ? undefined : DAY_7)),
    ...duration(
      "tombstoneRetention",
      given("delete.retention.ms") ?? (cleanup === "delete" ? undefined : DAY),
    ),
    ...size("retentionSize", given("retention.bytes")),
    ...size("maxMessageSize", given("max.message.bytes") ?? "1048588"),
    producerCodec: codec,
    config: Object.fromEntries(own),
  };
}

const DAY = "86400000";
const DAY_7 = "604800000";

const duration = (field: string, ms: string | undefined) =>
  ms === undefined ? {} : { [field]: ms === "-1" ? "unlimited" : `${ms}ms` };
/** `retention.bytes` -1 is what it is without the field. */
const size = (field: string, bytes: string | undefined) =>
  bytes === undefined || bytes === "-1" ? {} : { [field]: `${bytes} B` };

/** What none of their topics has. */
export const DEFAULTS = {
  description: "As its owner declares it.",
  key: "not known",
  classification: "internal",
  eventsPerHour: { from: 0, to: 1000 },
} as const;

/** The right that an entry is about, in our words. */
export function rightOf(acl: RealAcl): Right {
  const operation = acl.operation as Right["operation"];
  // Their tools write Kafka's one cluster by its name, which the other words have replaced.
  const kind = acl.resourceType.toLowerCase();
  const written = kind === "cluster" ? "cluster" : `${TYPES[kind] ?? kind}:${acl.name}`;
  const named = namedResource(written);
  if (!named) throw new Error(`${written} is no resource`);
  const patternType = acl.pattern.toLowerCase().startsWith("prefix") ? "Prefixed" : "Literal";
  return { operation, ...named, patternType };
}

const TYPES: Readonly<Record<string, string>> = { transactionalid: "transactional-id" };

export const isDenied = ({ permission }: RealAcl): boolean => permission.toLowerCase() === "deny";

/** The name that an account gets for a principal, which may be the subject of a certificate. */
export const accountOf = (principal: string): string =>
  principal
    .replace(/^User:(CN=)?/, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The account that has these entries: by what it does where that can be said, else in Kafka's words. */
export function accountWith(acls: readonly RealAcl[], topics: readonly string[]) {
  const roles: Record<"produces" | "describes", string[]> = { produces: [], describes: [] };
  const consumes: { topics: string[] }[] = [];
  const own: Record<string, unknown>[] = [];
  for (const acl of acls) {
    const { operation, resourceType, resourceName, patternType } = rightOf(acl);
    const name = `${resourceName}${patternType === "Prefixed" ? "*" : ""}`;
    const isDeclared = name !== "*" && topics.some((topic) => matchesPattern(name, topic));
    const role = resourceType === "Topic" && isDeclared && !isDenied(acl) ? operation : undefined;
    if (role === "Write") roles.produces.push(name);
    else if (role === "Describe") roles.describes.push(name);
    else if (role === "Read") consumes.push({ topics: [name] });
    else {
      const on = resourceType === "Cluster" ? "cluster" : `${KINDS[resourceType]}:${name}`;
      own.push({ [isDenied(acl) ? "deny" : "allow"]: [operation], on });
    }
  }
  return { description: "As its owner declares it.", ...roles, consumes, acls: own };
}

const KINDS = { Topic: "topic", Group: "group", TransactionalID: "transactional-id" } as const;
