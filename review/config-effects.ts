import type { TopicChange } from "../model/agreements/approval.ts";
import { TOPIC_CONFIG_KEYS, type TopicConfigName } from "../model/topic/topic-config-keys.ts";
import { requiresApproval, safe, type Assessment } from "./assessment.ts";
import { textAt } from "./property-value.ts";
import { humanValue } from "./human-value.ts";
import { TOPIC } from "../model/stack/resource-types.ts";
import { UNKNOWN_WORD } from "../model/values/shown-words.ts";

/** A topic's configuration before and after; an absent key stands for Kafka's default. */
export interface ConfigChange {
  readonly before: unknown;
  readonly after: unknown;
}

/** What a change of a key does to records that are stored already, when it goes the harmful way. */
interface ConfigRisk {
  /** The harmful way: a lower or a higher value, `true` or `false`, or another way to clean up. */
  readonly harm: "down" | "up" | "on" | "off" | "policy";
  /** It only matters where old records are dropped, or only where they are compacted. @default always */
  readonly where?: "delete" | "compact";
  readonly why: string;
  /** Whether records go; else it is only easier to lose them, and the old value brings that back. */
  readonly reversibility: "loses data" | "reversible";
  /** What somebody has to agree to. @default nothing */
  readonly approval?: TopicChange;
}

const EARLIER_COMPACTION = {
  harm: "down",
  where: "compact",
  why: "older values of a key are compacted away sooner",
  reversibility: "loses data",
  approval: "earlier-compaction",
} as const satisfies ConfigRisk;

/** With several copies this is no loss, and Kafka advises against both keys: nobody has to agree. */
const LATER_FLUSH = {
  harm: "up",
  why: "records wait longer in memory before they are forced to disk",
  reversibility: "reversible",
} as const satisfies ConfigRisk;

/** Every key that can be declared; `undefined` where no value of it touches stored records. */
const CONFIG_RISKS: Readonly<Record<TopicConfigName, ConfigRisk | undefined>> = {
  "cleanup.policy": {
    harm: "policy",
    why: "records are dropped, or compacted, that were not before",
    reversibility: "loses data",
    approval: "cleanup-policy",
  },
  "compression.gzip.level": undefined,
  "compression.lz4.level": undefined,
  "compression.type": undefined,
  "compression.zstd.level": undefined,
  "delete.retention.ms": {
    harm: "down",
    where: "compact",
    why: "a consumer that is behind for longer never hears of a deletion",
    reversibility: "loses data",
    approval: "retention-cut",
  },
  "file.delete.delay.ms": undefined,
  "flush.messages": LATER_FLUSH,
  "flush.ms": LATER_FLUSH,
  "index.interval.bytes": undefined,
  // What brokers no longer keep is in the store.
  "local.retention.bytes": undefined,
  "local.retention.ms": undefined,
  "max.compaction.lag.ms": EARLIER_COMPACTION,
  "max.message.bytes": undefined,
  "message.timestamp.after.max.ms": undefined,
  "message.timestamp.before.max.ms": undefined,
  "message.timestamp.type": undefined,
  "min.cleanable.dirty.ratio": EARLIER_COMPACTION,
  "min.compaction.lag.ms": EARLIER_COMPACTION,
  "min.insync.replicas": {
    harm: "down",
    why: "a record can be acknowledged with fewer copies of it",
    reversibility: "reversible",
    approval: "min-isr",
  },
  preallocate: undefined,
  "remote.log.copy.disable": undefined,
  "remote.log.delete.on.disable": {
    harm: "on",
    why: "what is in the store is deleted once the topic leaves it",
    reversibility: "reversible",
    approval: "retention-cut",
  },
  "remote.storage.enable": {
    harm: "off",
    why: "records that are only in the store are deleted, or can no longer be read",
    reversibility: "loses data",
    approval: "retention-cut",
  },
  "retention.bytes": {
    harm: "down",
    where: "delete",
    why: "records beyond the new size are deleted",
    reversibility: "loses data",
    approval: "retention-cut",
  },
  "retention.ms": {
    harm: "down",
    where: "delete",
    why: "records older than the new time are deleted",
    reversibility: "loses data",
    approval: "retention-cut",
  },
  "segment.bytes": undefined,
  "segment.index.bytes": undefined,
  "segment.jitter.ms": undefined,
  "segment.ms": undefined,
  "unclean.leader.election.enable": {
    harm: "on",
    why: "a replica that lacks acknowledged records may become leader",
    reversibility: "reversible",
    approval: "unclean-election",
  },
};

/** What the change of one key does to records that are stored already. */
export function configEffect(key: string, change: ConfigChange): Assessment {
  if (!Object.hasOwn(CONFIG_RISKS, key)) {
    const reason = `${key}: what it does to stored records is not known here`;
    return requiresApproval("irreversible", "other", reason);
  }
  const name = key as TopicConfigName;
  const risk = CONFIG_RISKS[name];
  if (risk === undefined || !isHarmful(name, risk, change)) return safe();
  const [from, to] = [change.before, change.after].map((side) => figure(name, side));
  const why = risk.harm === "policy" ? policyReason(change) : risk.why;
  const reason = `${name} ${String(from)} → ${String(to)}: ${why}`;
  return risk.approval === undefined
    ? safe(risk.reversibility, reason)
    : requiresApproval(risk.reversibility, risk.approval, reason);
}

/** A value that is not known yet counts as harmful. */
function isHarmful(
  name: TopicConfigName,
  { harm, where }: ConfigRisk,
  { before, after }: ConfigChange,
): boolean {
  const [old, next] = [valueOf(before, name), valueOf(after, name)];
  if (old === undefined || next === undefined) return true;
  if (where !== undefined && !has(after, where)) return false;
  switch (harm) {
    case "policy":
      return ["compact", "delete"].some((policy) => has(after, policy) && !has(before, policy));
    case "on":
      return next === "true";
    case "off":
      return next === "false" && old === "true";
    case "up":
      return amount(next) > amount(old);
    case "down":
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
