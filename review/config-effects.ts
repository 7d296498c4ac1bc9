import type { TopicChange } from "../model/agreements/approval.ts";
import {
  TOPIC_CONFIG_KEYS,
  type TopicConfigKey,
  type TopicConfigName,
} from "../model/topic/topic-config-keys.ts";
import { dangerous, harmless, type Judgement } from "./judgement.ts";
import { textAt } from "./property-value.ts";
import { humanValue } from "./human-value.ts";
import { TOPIC } from "../model/stack/resource-types.ts";
import { UNKNOWN_WORD } from "../model/values/shown-words.ts";

/** A topic's configuration before and after; an absent key stands for Kafka's default. */
export interface ConfigChange {
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Which way a key must move to touch stored records, and which way it must move to put them at risk.
 * Only keys whose {@link TopicConfigKey.effect} is not `reversible` are here, all of them.
 */
const HARMFUL: Readonly<Partial<Record<TopicConfigName, "down" | "up" | "on" | "policy">>> = {
  "cleanup.policy": "policy",
  "delete.retention.ms": "down",
  "flush.messages": "up",
  "flush.ms": "up",
  "max.compaction.lag.ms": "down",
  "min.cleanable.dirty.ratio": "down",
  "min.compaction.lag.ms": "down",
  "min.insync.replicas": "down",
  "retention.bytes": "down",
  "retention.ms": "down",
  "unclean.leader.election.enable": "on",
};

/** Keys that only matter where old records are dropped, and those that only matter where they are compacted. */
const OF_DELETION: readonly string[] = ["retention.bytes", "retention.ms"];
const OF_COMPACTION: readonly string[] = [
  "delete.retention.ms",
  "max.compaction.lag.ms",
  "min.cleanable.dirty.ratio",
  "min.compaction.lag.ms",
];

const WHY: Readonly<Partial<Record<TopicConfigName, string>>> = {
  "delete.retention.ms": "a consumer that is behind for longer never hears of a deletion",
  "flush.messages": "records wait longer in memory before they are forced to disk",
  "flush.ms": "records wait longer in memory before they are forced to disk",
  "max.compaction.lag.ms": "older values of a key are compacted away sooner",
  "min.cleanable.dirty.ratio": "older values of a key are compacted away sooner",
  "min.compaction.lag.ms": "older values of a key are compacted away sooner",
  "min.insync.replicas": "a record can be acknowledged with fewer copies of it",
  "retention.bytes": "records beyond the new size are deleted",
  "retention.ms": "records older than the new time are deleted",
  "unclean.leader.election.enable": "a replica that lacks acknowledged records may become leader",
};

/**
 * What somebody has to agree to when a key moves its harmful way. Not to how long records wait for the
 * disk: with several copies that is no loss, and Kafka advises against both keys.
 */
const APPROVED_AS: Readonly<Partial<Record<TopicConfigName, TopicChange>>> = {
  "cleanup.policy": "cleanup-policy",
  "delete.retention.ms": "retention-cut",
  "max.compaction.lag.ms": "earlier-compaction",
  "min.cleanable.dirty.ratio": "earlier-compaction",
  "min.compaction.lag.ms": "earlier-compaction",
  "min.insync.replicas": "min-isr",
  "retention.bytes": "retention-cut",
  "retention.ms": "retention-cut",
  "unclean.leader.election.enable": "unclean-election",
};

/** What the change of one key does to records that are stored already. */
export function configEffect(key: string, change: ConfigChange): Judgement {
  if (!Object.hasOwn(TOPIC_CONFIG_KEYS, key)) {
    const reason = `${key}: what it does to stored records is not known here`;
    return dangerous("irreversible", "other", reason);
  }
  const name = key as TopicConfigName;
  const { effect }: TopicConfigKey = TOPIC_CONFIG_KEYS[name];
  if (effect === "reversible" || !isHarmful(name, change)) {
    return harmless();
  }
  const [from, to] = [change.before, change.after].map((side) => figure(name, side));
  const why = name === "cleanup.policy" ? policyReason(change) : (WHY[name] ?? effect);
  const reason = `${name} ${String(from)} → ${String(to)}: ${why}`;
  const needs = APPROVED_AS[name];
  const reversibility = effect === "loses data" ? effect : "reversible";
  return needs === undefined
    ? harmless(reversibility, reason)
    : dangerous(reversibility, needs, reason);
}

/** A value that is not known yet counts as harmful. */
function isHarmful(name: TopicConfigName, { before, after }: ConfigChange): boolean {
  const [old, next] = [valueOf(before, name), valueOf(after, name)];
  if (old === undefined || next === undefined) return true;
  if (OF_DELETION.includes(name) && !has(after, "delete")) return false;
  if (OF_COMPACTION.includes(name) && !has(after, "compact")) return false;
  switch (HARMFUL[name]) {
    case "policy":
      return ["compact", "delete"].some((policy) => has(after, policy) && !has(before, policy));
    case "on":
      return next === "true";
    case "up":
      return amount(next) > amount(old);
    default:
      return amount(next) < amount(old);
  }
}

/** -1 is Kafka's "unlimited". */
const amount = (text: string): number => (text === "-1" ? Infinity : Number(text));

function has(config: unknown, policy: string): boolean {
  const policies = valueOf(config, "cleanup.policy");
  return policies === undefined || policies.split(",").includes(policy);
}

function policyReason({ before, after }: ConfigChange): string {
  const added = ["compact", "delete"].filter(
    (policy) => has(after, policy) && !has(before, policy),
  );
  return added.includes("compact")
    ? "older values of a key are compacted away"
    : "records older than the retention are deleted";
}

/** The text of a known value; Kafka's default where none is set. */
function valueOf(config: unknown, name: TopicConfigName): string | undefined {
  const given = typeof config === "object" && config !== null && Object.hasOwn(config, name);
  return given ? textAt(config, name) : TOPIC_CONFIG_KEYS[name].default;
}

function figure(name: TopicConfigName, config: unknown): string {
  const raw = valueOf(config, name) ?? UNKNOWN_WORD;
  return humanValue(TOPIC, `config.${name}`, raw) ?? raw;
}
