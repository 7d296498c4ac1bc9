import { TOPIC_CONFIG_KEYS, type TopicConfigKey } from "../../model/topic/topic-config-keys.ts";
import { canonicalValue, wantedValue } from "../../model/values/value-rules.ts";
import { PRODUCTION, EVERYWHERE, type ResourceRule, show, when } from "../rule.ts";
import type { Subject } from "../subject.ts";
import { TOPIC } from "../../model/stack/resource-types.ts";

const HOUR = 3_600_000;
const MONTH = 30 * 24 * HOUR;

const config = ({ fields }: Subject) => fields.in("config");

/** Whether records of a topic are dropped by age. Kafka's default is that they are. */
const deletes = (subject: Subject) =>
  (config(subject).text("cleanup.policy") ?? "delete").split(",").includes("delete");

const compacts = (subject: Subject) =>
  (config(subject).text("cleanup.policy") ?? "delete").split(",").includes("compact");

/** Rules on which records of a topic stay, and on its configuration as a whole. */
export const TOPIC_RETENTION_RULES: readonly ResourceRule[] = [
  {
    id: "topic-retention",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title:
      "Records that are dropped by age are kept for at most 30 days, and the topic says how long",
    reason: "Records that stay cost disk on every broker, and personal ones may not stay.",
    fix: "Set retention; where longer is right, waive this rule with the reason.",
    check(subject) {
      if (!deletes(subject)) return [];
      const given = config(subject).text("retention.ms");
      const age = Number(given);
      const fine = given !== undefined && age > 0 && age <= MONTH;
      const wanted = `1 to ${MONTH} (30 days)`;
      return when(!fine, `retention.ms is ${show(given)}; wanted ${wanted}`);
    },
  },
  {
    id: "topic-retention-bytes",
    level: "advisory",
    environments: PRODUCTION,
    types: [TOPIC],
    title: "Records that are dropped by age are bounded by size too",
    reason: "A producer that sends ten times as much as usual fills the disks of all brokers.",
    fix: "Set retentionSize, above what the topic holds on its busiest days.",
    check(subject) {
      if (!deletes(subject)) return [];
      const given = config(subject).text("retention.bytes");
      const message = `retention.bytes is ${show(given)}; wanted a size for each partition`;
      return when(given === undefined || Number(given) < 0, message);
    },
  },
  {
    id: "topic-compaction",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "A compacted topic says so, and keeps deletions visible from 1 hour to 30 days",
    reason:
      "A consumer that is away for longer than a deletion is visible never learns of it; kept for " +
      "ever, deletions fill the topic.",
    fix: "Set cleanup, and tombstoneRetention where it compacts.",
    check(subject) {
      const cleanup = config(subject).text("cleanup.policy");
      if (cleanup === undefined) {
        return ['cleanup.policy is missing; wanted "delete", "compact" or "compact,delete"'];
      }
      if (!compacts(subject)) return [];
      const given = config(subject).text("delete.retention.ms");
      const age = Number(given);
      const wanted = `${HOUR} (1 hour) to ${MONTH} (30 days)`;
      return when(
        given === undefined || !(age >= HOUR && age <= MONTH),
        `delete.retention.ms is ${show(given)}; wanted ${wanted}`,
      );
    },
  },
  {
    id: "topic-config-keys",
    level: "mandatory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "Every configuration key is one of Kafka's, its value in canonical text",
    reason:
      "Kafka refuses the topic only half-way through a run, and another spelling of an equal value is " +
      "a change on every run.",
    fix: "Declare the topic in topics/, which knows every key; or correct the key or value.",
    check(subject) {
      const given = config(subject);
      return given.keys().flatMap((key) => {
        const rule = Object.hasOwn(TOPIC_CONFIG_KEYS, key)
          ? (TOPIC_CONFIG_KEYS as Readonly<Record<string, TopicConfigKey>>)[key]
          : undefined;
        if (!rule) return [`${key} is no configuration of a topic`];
        const value = given.text(key);
        const fine = value !== undefined && canonicalValue(rule, value) === value;
        return when(!fine, `${key} is ${show(value)}; wanted ${wantedValue(rule)}`);
      });
    },
  },
  {
    id: "topic-compression",
    level: "advisory",
    environments: EVERYWHERE,
    types: [TOPIC],
    title: "Topics keep the codec of their producers",
    reason: "Any codec here makes the broker decompress and compress every batch again.",
    fix: "Remove compression.type, and set the codec of the producers.",
    check(subject) {
      const given = config(subject).text("compression.type") ?? "producer";
      return when(given !== "producer", `compression.type is ${show(given)}; wanted "producer"`);
    },
  },
];
