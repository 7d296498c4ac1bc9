/**
 * A cluster as one look at it saw it: what the status page shows, and what is concluded in one sentence.
 * What is undefined is not known; it is never to be shown as 0.
 */
export interface ClusterView {
  readonly cluster: string;
  readonly at: Date;
  readonly brokers: readonly BrokerView[];
  readonly topics: readonly TopicView[];
  readonly groups: readonly GroupView[];
  readonly parts: readonly PartView[];
  /** Alerts that fire, or why they are not known; undefined where nothing watches. */
  readonly alerts: readonly AlertView[] | { readonly unknown: string } | undefined;
  /** The controllers; undefined where nobody asked for them. */
  readonly quorum?: QuorumView | undefined;
  /** What ends soon or has ended, such as a certificate: a sentence each. */
  readonly ends?: readonly string[] | undefined;
  /** Who looks, in a message. Default: the exporter. */
  readonly viewer?: string | undefined;
}

/** Only a leader with a majority answers, so that no answer is the gravest of all. */
export type QuorumView =
  | {
      readonly result: "seen";
      readonly leader: number;
      readonly voters: readonly { readonly id: number; readonly behindMs: number }[];
    }
  | { readonly result: "denied" | "timed out" | "failed"; readonly reason: string };

export interface BrokerView {
  readonly id: number;
  readonly address: string;
  readonly up: boolean;
  readonly disk: { readonly usedBytes: number; readonly totalBytes: number } | undefined;
}

export interface TopicView {
  readonly name: string;
  readonly owner: string | undefined;
  readonly partitions: number;
  readonly withoutLeader: number;
  readonly underReplicated: number;
  /** Partitions with fewer in-sync replicas than writers ask for. */
  readonly belowMinIsr: number;
  /** 0 to 100. */
  readonly health: number | undefined;
  readonly bytes: number | undefined;
  readonly messagesPerSecond: number | undefined;
  /** The rate at former looks, the oldest first. */
  readonly rates: readonly number[];
}

export interface GroupView {
  readonly group: string;
  readonly topic: string;
  readonly owner: string | undefined;
  readonly type: string | undefined;
  readonly state: string | undefined;
  readonly members: number | undefined;
  readonly lag: number | undefined;
  readonly lagSeconds: number | undefined;
  readonly lagBudgetSeconds: number | undefined;
  /** Infinity where the lag does not shrink. */
  readonly secondsToZero: number | undefined;
  /** Infinity where none is foreseen. */
  readonly secondsToDataLoss: number | undefined;
}

export interface AlertView {
  readonly name: string;
  readonly severity: string;
  readonly owner: string;
  readonly summary: string;
  readonly runbookUrl: string | undefined;
  readonly since: Date;
}

/** What is looked at in one go, and how the last look went. */
export interface PartView {
  readonly part: string;
  readonly result: "seen" | "failed" | "denied";
  readonly lastSeen: Date | undefined;
  /** What went wrong at the last look, in Kafka's words; undefined where nothing did. */
  readonly reason?: string | undefined;
}
