import type { AccountChange, TopicChange } from "../../../../model/agreements/approval.ts";
import { PROJECT } from "../../../../cli/stack/project.ts";
import type { LiveCredentials } from "../../../../model/credentials/rotation.ts";

/** Before the change, or with it. */
export type Phase = "base" | "changed";

/** What is approved of a change, by what the name of a declaration that is so changed ends with. */
const APPROVALS = {
  "": undefined,
  "-approved": "it",
  "-with-another-approved": "another change",
  "-once-approved": "it, until yesterday",
} as const;
export type Ending = keyof typeof APPROVALS;

type Declared = Readonly<Record<string, unknown>>;

/** A change of a declaration that nobody may make unannounced, and the guard that finds it. */
export interface BadChange {
  readonly of: "topic" | "account";
  readonly before: Declared;
  readonly after: Declared;
  /** What has to be approved. */
  readonly change: TopicChange | AccountChange;
  /** What is approved instead of it, where another change is. */
  readonly other: TopicChange | AccountChange;
  readonly guard: "topic-guard" | "account-guard";
  /** What it is called before. Default: the same. */
  readonly formerly?: string;
  /** What the stack file says before that it can log in with, and says no longer. */
  readonly credentials?: LiveCredentials;
}

const topic = (
  change: TopicChange,
  before: Declared,
  after: Declared,
  other: TopicChange = "retention-cut",
): BadChange => ({ of: "topic", before, after, change, other, guard: "topic-guard" });

const compacted = { cleanup: "compact", retention: undefined, tombstoneRetention: "7d" };

const CHANGES: Readonly<Record<string, BadChange>> = {
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
  renamed: { ...topic("rename", {}, {}), formerly: "former-name" },
  "fewer-logins": {
    ...{ of: "account", before: {}, after: {}, change: "credential-removal" },
    ...{ other: "access-removal", guard: "account-guard" },
    credentials: [
      { mechanism: "SCRAM-SHA-512", generation: 1 },
      { mechanism: "SCRAM-SHA-256", generation: 2 },
    ],
  },
  "less-access": {
    of: "account",
    before: { produces: ["anchor"] },
    after: { produces: [] },
    change: "access-removal",
    other: "credential-removal",
    guard: "account-guard",
  },
};

export interface JudgedChange extends BadChange {
  readonly approved: (typeof APPROVALS)[Ending];
}

/** The bad changes whose names end so, by the name of the topic or account that is changed. */
export const changesNamed = (
  ...endings: readonly Ending[]
): Readonly<Record<string, JudgedChange>> =>
  Object.fromEntries(
    endings.flatMap((ending) =>
      Object.entries(CHANGES).map(([name, bad]) => [
        `${name}${ending}`,
        {
          ...bad,
          ...(bad.formerly !== undefined && { formerly: `${bad.formerly}${ending}` }),
          approved: APPROVALS[ending],
        },
      ]),
    ),
  );

export const ENDINGS = Object.keys(APPROVALS) as readonly Ending[];

/** Phase of one declaration, where `only` names those that are not as they were. */
export const phaseOf = (name: string, phase: Phase, only?: readonly string[]): Phase =>
  only === undefined || only.includes(name) ? phase : "base";

/** What the stack file says of credentials, laid over its values. */
export const credentialsIn = (
  changes: Readonly<Record<string, JudgedChange>>,
  phase: Phase,
  only?: readonly string[],
): Record<string, string> => ({
  [`${PROJECT}:credentials`]: JSON.stringify(
    Object.fromEntries(
      Object.entries(changes).flatMap(([name, { credentials }]) =>
        credentials && phaseOf(name, phase, only) === "base" ? [[name, credentials]] : [],
      ),
    ),
  ),
});

/** Topics and accounts whose declarations go, by name: what their old declaration says of that. */
export const DELETIONS = {
  gone: undefined,
  retired: { reason: "nobody reads it", by: "a test", until: "2099-12-31" },
  "retired-too-long-ago": { reason: "nobody reads it", by: "a test", until: "2020-12-31" },
} as const;
