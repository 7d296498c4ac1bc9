import type { Environment } from "../values/environment.ts";
import type { PartitionDemand } from "../topic/topic-partitions.ts";
import type { TopicDeclaration } from "../topic/topic-spec.ts";
import type { PartitionSizing } from "./partition-sizing.ts";
import type { TopicStorage, TopicVolume } from "./topic-storage.ts";

/** The words of capacity planning: what is asked, and what an answer consists of. */

/** Something that is not well, in words: what, how much of how much, and what to do. */
export interface CapacityFinding {
  readonly verdict: CapacityVerdict;
  readonly message: string;
}

/** A declared topic, and how many consumer groups read it. */
export interface PlannedTopic extends TopicDeclaration, TopicVolume {
  readonly name: string;
  readonly readers: number;
  /** Who may see it: how long `personal` records stay is looked at. @default nobody has said */
  readonly classification?: string | undefined;
  /** What its number of partitions must be enough for. @default what is declared instead of a number */
  readonly demand?: PartitionDemand | undefined;
}

/** What there is room on. */
export interface ClusterRoom {
  readonly environment: Environment;
  readonly brokers: number;
  /** Share of the declared volumes that it handles. @default by environment */
  readonly load?: number | undefined;
  /** Bytes of each broker's volume. @default not known, and not judged */
  readonly storage?: number | undefined;
  /** Bytes a second that a broker's network carries in each direction. @default not judged */
  readonly network?: number | undefined;
}

export type CapacityVerdict = "ok" | "warning" | "failure";

/** Shares of what there is from which a plan warns, and fails. */
export const THRESHOLDS = { warning: 0.7, failure: 0.85 } as const;

/** What is needed of what there is. */
export interface Load {
  readonly needed: number;
  readonly available: number | undefined;
  readonly verdict: CapacityVerdict;
}

/** Bytes a second on one broker at the peak, leaders and copies spread evenly. */
export interface BrokerBandwidth {
  readonly produced: number;
  readonly replicatedIn: number;
  readonly consumed: number;
  readonly replicatedOut: number;
}

/** What an account writes or reads on one broker at the peak, in bytes a second, and may. */
export interface QuotaDemand {
  readonly account: string;
  readonly kind: "producer" | "consumer";
  readonly needed: number;
  /** Its own limit, else everybody's. @default it is not limited, and not judged */
  readonly limit?: number | undefined;
  /** Milliseconds that it may fall behind: the least of its groups' lagBudgets. @default it may */
  readonly lagBudget?: number | undefined;
}

export interface PlannedTopicLoad {
  readonly name: string;
  /** What is declared of a topic of personal records. @default it has none, or they are not dropped by age */
  readonly personalRetention?: number | undefined;
  readonly storage: TopicStorage;
  readonly partitions: PartitionSizing;
}

export interface CapacityPlan {
  readonly topics: readonly PlannedTopicLoad[];
  /** Of one broker, Kafka's own topics included. */
  readonly storage: Load;
  readonly bandwidth: BrokerBandwidth;
  /** The busier direction of one broker's network. */
  readonly network: Load;
  /** Of every account that is limited. */
  readonly quotas: readonly (Load & QuotaDemand)[];
  /** What is not well, and what to do, the worst first. */
  readonly findings: readonly CapacityFinding[];
  readonly verdict: CapacityVerdict;
}
