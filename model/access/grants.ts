import { z } from "zod";
import type { DeepReadonly } from "../values/deep-readonly.ts";
import { topicName } from "../values/values.ts";
import { applicationId, clusterAlias, groupId, transactionalId } from "./client-names.ts";
import { lagBudget } from "./lag-budget.ts";
import { namePattern } from "./name-pattern.ts";
import { writtenAcl } from "./written-acl.ts";

/**
 * What an account may do. Names of topics, groups and transactional ids may end in `*`: then every
 * name that starts so is meant.
 */

const topic = namePattern(topicName, "the name of a topic", {
  _: 'Kafka\'s own topics too, whose names start with "__"',
});
const topics = z.array(topic);
const someTopics = topics.min(1, { error: "at least one topic" });
const group = namePattern(groupId, "a group id");
const exactlyOnce = z.boolean({ error: "true or false" }).default(false);

const consumption = z
  .strictObject({
    topics: someTopics,
    group: group
      .optional()
      .describe(
        "Consumer group that it joins. Without one it reads partitions that it picks itself.",
      ),
    lagBudget: lagBudget
      .optional()
      .describe(
        "How far the group may fall behind in each topic before somebody is called: a time, or a number of records.",
      ),
  })
  .superRefine(({ group: of, lagBudget: budget }, context) => {
    if (budget === undefined || (of !== undefined && !of.endsWith("*"))) return;
    const message = "a `group` by its full name beside it: without one nobody knows how far it is";
    context.addIssue({ code: "custom", path: ["lagBudget"], message });
  });

const streamsApplication = z.strictObject({
  applicationId: applicationId.describe(
    "Its application.id: consumer group, and start of its names.",
  ),
  consumes: someTopics,
  produces: topics.default([]),
  exactlyOnce: exactlyOnce.describe("Whether it runs with exactly_once_v2."),
  lagBudget: lagBudget
    .optional()
    .describe("How far it may fall behind in each topic that it consumes; as of a `consumes`."),
});

const connectCluster = z.strictObject({
  group: groupId.describe("Its group.id."),
  configTopic: topicName.describe("Its config.storage.topic."),
  offsetTopic: topicName.describe("Its offset.storage.topic."),
  statusTopic: topicName.describe("Its status.storage.topic."),
  exactlyOnce: exactlyOnce.describe("Whether it supports exactly-once source connectors."),
});

const schemaRegistry = z.strictObject({ topics: someTopics, group });

const mirrorTarget = z.strictObject({
  target: clusterAlias.describe("Alias of the cluster that is copied to."),
  topics: someTopics,
  groups: z.array(group).default([]).describe("Groups whose positions are copied too."),
});

/** Keys of an account and of a group of accounts that grant something. */
export const grantFields = {
  /** Idempotent producers need nothing more since Kafka 3.0 (KIP-679). */
  produces: topics.default([]).describe("Topics that it may write to."),
  consumes: z
    .array(consumption)
    .default([])
    .describe("Topics that it may read, as a member of the groups given."),
  describes: topics
    .optional()
    .describe("Topics that it may look up, with their partitions and offsets; not their records."),
  creates: z
    .array(namePattern(topicName, "the name of a topic"))
    .optional()
    .describe("Topics that it may make itself, besides those that are declared."),
  transactionalIds: z
    .array(namePattern(transactionalId, "a transactional id"))
    .optional()
    .describe("Transactional ids of its producers."),
  streams: z
    .array(streamsApplication)
    .optional()
    .describe("Kafka Streams applications that run as it."),
  connect: z
    .array(connectCluster)
    .optional()
    .describe("Kafka Connect clusters whose workers run as it."),
  schemaRegistries: z
    .array(schemaRegistry)
    .optional()
    .describe("Schema registries that keep their schemas in topics."),
  mirrorsTo: z
    .array(mirrorTarget)
    .optional()
    .describe("MirrorMaker 2 that reads from this cluster."),
  mirrorsFrom: z
    .array(clusterAlias)
    .optional()
    .describe("MirrorMaker 2 that writes into this cluster: aliases of clusters it copies from."),
  inspects: z.boolean().optional().describe("Sees everything but records, changes nothing."),
  observes: z
    .boolean()
    .optional()
    .describe("Sees everything and reads every topic, changes nothing: what a UI needs."),
  acls: z
    .array(writtenAcl)
    .optional()
    .describe("Entries in Kafka's own words, for what nothing above says."),
};

/** What an account or a group declares for itself. */
export type DeclaredGrants = DeepReadonly<z.output<z.ZodObject<typeof grantFields>>>;

/** That records of `origin` that cannot be processed go to `topic`: follows from what is consumed. */
export interface DeadLetter {
  readonly origin: string;
  readonly topic: string;
}

/** Everything that an account may do; what is left out, it may not. */
export type Grants = {
  readonly [Kind in keyof DeclaredGrants]?: DeclaredGrants[Kind] | undefined;
} & {
  readonly deadLetters?: readonly DeadLetter[] | undefined;
};

type Each<
  Kind extends "consumes" | "streams" | "connect" | "schemaRegistries" | "mirrorsTo" | "acls",
> = NonNullable<DeclaredGrants[Kind]>[number];

export type Consumption = Each<"consumes">;
export type StreamsApplication = Each<"streams">;
export type ConnectCluster = Each<"connect">;
export type SchemaRegistry = Each<"schemaRegistries">;
export type MirrorTarget = Each<"mirrorsTo">;
export type WrittenAcl = Each<"acls">;

/** Whose entries are compiled, from what. */
export interface Access {
  readonly username: string;
  /** Addresses it may come from. @default every address */
  readonly hosts?: readonly string[] | undefined;
  readonly grants: Grants;
  /** What it may do as a member of groups of accounts, by the name of the group. */
  readonly groups?: Readonly<Record<string, Grants>> | undefined;
}
