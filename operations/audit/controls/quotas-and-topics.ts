import type { TopicDescription } from "../../../clients/kafka/topic-description.ts";
import { quotaEntityName } from "../../../clients/kafka/quotas.ts";
import { control } from "../control.ts";

const OF_DEFAULT = "default user";
const KAFKA_QUOTAS = "Apache Kafka documentation, Quotas";
const KAFKA_DURABILITY = "Apache Kafka documentation, min.insync.replicas and Replication";

/** Where fewer brokers are, a second copy cannot be had, or a lost broker would stop writes. */
const BROKERS_FOR_COPIES = 3;

/** Topics that the platform answers for; Kafka's own have settings of their own. */
const ofPeople = (topics: readonly TopicDescription[]): TopicDescription[] =>
  topics.filter(({ internal, name }) => !internal && !name.startsWith("__"));

const copied = (topics: readonly TopicDescription[], brokers: number): TopicDescription[] =>
  brokers < BROKERS_FOR_COPIES ? [] : [...topics];

/** What users may take of the brokers. */
export const QUOTA_CONTROLS = [
  control(
    {
      id: "quota-default",
      title: "Users without limits of their own have default ones",
      severity: "medium",
      fix: "Set `defaultQuota` in the stack file.",
      source: KAFKA_QUOTAS,
    },
    ["quotas"],
    ({ quotas }, { declared: { environment } }) =>
      environment === "dev" || quotas.some(({ entity }) => quotaEntityName(entity) === OF_DEFAULT)
        ? []
        : [{ subject: "default user", seen: "no limit: a user may take all that a broker has" }],
  ),
  control(
    {
      id: "quota-account",
      title: "Every account is limited, by its own quota or the default one",
      severity: "medium",
      fix: "Declare its `quota`, or `defaultQuota` in the stack file.",
      source: KAFKA_QUOTAS,
    },
    ["quotas"],
    ({ quotas }, { declared: { accounts, superUsers } }) => {
      const there = new Set(quotas.map(({ entity }) => quotaEntityName(entity)));
      if (there.has(OF_DEFAULT)) return [];
      return accounts
        .filter(({ name, owner }) => owner !== "platform" && !superUsers.includes(name))
        .filter(({ name }) => !there.has(`user ${name}`))
        .map(({ name }) => ({ subject: `user ${name}`, seen: "no quota" }));
    },
  ),
  control(
    {
      id: "quota-undeclared",
      title: "Every quota in the cluster is declared",
      severity: "medium",
      fix: "Declare it, or remove it: `kafka-platform prune --execute`.",
      source: "This project: quotas are declared",
    },
    ["quotas"],
    ({ quotas }, { declared }) =>
      quotas
        .map(({ entity }) => quotaEntityName(entity))
        .filter((name) => !declared.quotas.has(name))
        .map((name) => ({ subject: `quota of ${name}`, seen: "declared nowhere" })),
  ),
  control(
    {
      id: "quota-changed",
      title: "Quotas are as they are declared",
      severity: "medium",
      fix: "Run `kafka-platform refresh`, and put the stack up again.",
      source: "This project: quotas are declared",
    },
    ["quotas"],
    ({ quotas }, { declared }) => {
      const there = new Map(quotas.map(({ entity, values }) => [quotaEntityName(entity), values]));
      const wanted = [
        ...declared.accounts.map(({ name, quota }) => [`user ${name}`, quota] as const),
        [OF_DEFAULT, declared.defaultQuota] as const,
      ];
      return wanted.flatMap(([name, limits = {}]) =>
        Object.entries(limits)
          .filter(([key, value]) => there.get(name)?.[key] !== value)
          .map(([key, value]) => ({
            subject: `quota of ${name}, ${key}`,
            seen: `declared ${value}, in the cluster ${String(there.get(name)?.[key] ?? "none")}`,
          })),
      );
    },
  ),
] as const;

/** What holds records. */
export const TOPIC_CONTROLS = [
  control(
    {
      id: "topic-undeclared",
      title: "Every topic is declared",
      severity: "medium",
      fix: "Declare it in topics/, or remove it: `kafka-platform prune`.",
      source: "This project: a topic without a declaration has no owner and no classification",
    },
    ["topics"],
    ({ topics }, { declared }) => {
      const known = new Set(declared.topics.map(({ name }) => name));
      return ofPeople(topics)
        .filter(({ name }) => !known.has(name))
        .map(({ name }) => ({ subject: `topic ${name}`, seen: "declared nowhere" }));
    },
  ),
  control(
    {
      id: "topic-missing",
      title: "Every declared topic is there",
      severity: "medium",
      fix: "Find out who deleted it, and put the stack up again.",
      source: "This project: topics are declared",
    },
    ["topics"],
    ({ topics }, { declared }) => {
      const there = new Set(topics.map(({ name }) => name));
      return declared.topics
        .filter(({ name }) => !there.has(name))
        .map(({ name }) => ({ subject: `topic ${name}`, seen: "declared, and not there" }));
    },
  ),
  control(
    {
      id: "topic-unclassified",
      title: "Every topic that is there has an owner and a classification",
      severity: "medium",
      fix: "Say in topics/ who answers for it and how its records are to be handled.",
      source: "ISO/IEC 27001:2022 A.5.9 and A.5.12: inventory and classification of information",
    },
    ["topics"],
    ({ topics }, { declared }) => {
      const known = new Map(declared.topics.map((topic) => [topic.name, topic]));
      return ofPeople(topics).flatMap(({ name }) => {
        const { owner, classification } = known.get(name) ?? {};
        const lacks = [...(owner ? [] : ["owner"]), ...(classification ? [] : ["classification"])];
        return lacks.length === 0
          ? []
          : [{ subject: `topic ${name}`, seen: `no ${lacks.join(" and no ")}` }];
      });
    },
  ),
  control(
    {
      id: "topic-one-copy",
      title: "Every topic has more than one copy where there are brokers for it",
      severity: "high",
      fix: "Declare it for the environment, and move it: `kafka-platform reassign`.",
      source: KAFKA_DURABILITY,
    },
    ["topics"],
    ({ topics }, { declared: { environment, brokers } }) =>
      environment === "dev"
        ? []
        : copied(topics, brokers)
            .filter(({ replicationFactor }) => replicationFactor < 2)
            .map(({ name }) => ({
              subject: `topic ${name}`,
              seen: "one copy: a lost disk is lost records",
            })),
  ),
  control(
    {
      id: "topic-min-isr",
      title: "A record is acknowledged only once two brokers have it, in prod",
      severity: "high",
      fix: "Put the stack up again; min.insync.replicas of a topic in prod is 2.",
      source: KAFKA_DURABILITY,
    },
    ["topics"],
    ({ topics }, { declared: { environment, brokers } }) =>
      environment !== "prod"
        ? []
        : copied(ofPeople(topics), brokers)
            .filter(({ configs }) => Number(configs["min.insync.replicas"] ?? "1") < 2)
            .map(({ name, configs }) => ({
              subject: `topic ${name}`,
              seen: `min.insync.replicas is ${configs["min.insync.replicas"] ?? "not set, so 1"}`,
            })),
  ),
  control(
    {
      id: "topic-unclean-election",
      title: "No topic gives up acknowledged records to have a leader sooner",
      severity: "high",
      fix: "Remove unclean.leader.election.enable from the topic: put the stack up again.",
      source: "Apache Kafka documentation, unclean.leader.election.enable",
    },
    ["topics"],
    ({ topics }) =>
      topics
        .filter(({ configs }) => configs["unclean.leader.election.enable"] === "true")
        .map(({ name }) => ({
          subject: `topic ${name}`,
          seen: "unclean.leader.election.enable is true",
        })),
  ),
] as const;
