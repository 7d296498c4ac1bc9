import type { AccountChange, TopicChange } from "../../../../components/settings/approval.ts";

/** How a declaration is when a bad change comes to it. */
export const PHASES = ["base", "bare", "approved", "other", "expired"] as const;
export type Phase = (typeof PHASES)[number];

type Declared = Readonly<Record<string, unknown>>;

/** A change of a declaration that nobody may make unannounced, and the guard that finds it. */
export interface BadChange {
  readonly of: "topic" | "account";
  readonly before: Declared;
  readonly after: Declared;
  /** What has to be approved. */
  readonly change: TopicChange | AccountChange;
  /** What is approved instead, in the phase `other`. */
  readonly other: TopicChange | AccountChange;
  readonly guard: "topic-guard" | "account-guard";
}

const topic = (
  change: TopicChange,
  before: Declared,
  after: Declared,
  other: TopicChange = "retention-cut",
): BadChange => ({ of: "topic", before, after, change, other, guard: "topic-guard" });

const compacted = { cleanup: "compact", retention: undefined, tombstoneRetention: "7d" };

/** By the name of the topic or account that is changed. */
export const BAD_CHANGES: Readonly<Record<string, BadChange>> = {
  "more-partitions": topic("partition-growth", { partitions: 6 }, { partitions: 12 }),
  "fewer-partitions": topic("partition-decrease", { partitions: 6 }, { partitions: 3 }),
  "shorter-retention": topic(
    "retention-cut",
    { retention: "7d" },
    { retention: "1d" },
    "partition-growth",
  ),
  "smaller-retention": topic(
    "retention-cut",
    { retentionSize: "2 GiB" },
    { retentionSize: "1 GiB" },
    "min-isr",
  ),
  "forgotten-deletions": topic(
    "retention-cut",
    compacted,
    { ...compacted, tombstoneRetention: "1d" },
    "cleanup-policy",
  ),
  "older-values": topic("earlier-compaction", compacted, {
    ...compacted,
    config: { "max.compaction.lag.ms": "1d" },
  }),
  "another-cleanup": topic("cleanup-policy", {}, compacted),
  "looser-min-isr": topic("min-isr", { minInsyncReplicas: 2 }, { minInsyncReplicas: 1 }),
  "unclean-leaders": topic(
    "unclean-election",
    {},
    { config: { "unclean.leader.election.enable": "true" } },
  ),
  "less-access": {
    of: "account",
    before: { produces: ["anchor"] },
    after: { produces: [] },
    change: "access-removal",
    other: "credential-removal",
    guard: "account-guard",
  },
};

/** Topics and accounts whose declarations go, by name: what their old declaration says of that. */
export const DELETIONS = {
  gone: undefined,
  retired: { reason: "nobody reads it", by: "a test", until: "2099-12-31" },
  "retired-too-long-ago": { reason: "nobody reads it", by: "a test", until: "2020-12-31" },
} as const;
