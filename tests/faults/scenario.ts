import type { ClientConfig } from "../support/kafka/confluent-client.ts";
import type { Verdict } from "./checker/verdict.ts";
import type { ClusterUnderTest } from "./cluster.ts";

/**
 * What it does to the cluster, which decides what clients may notice: a `planned` operation, the loss
 * of one `broker`, or of the whole `cluster` for a while.
 */
export type Kind = "planned" | "broker" | "cluster";

/** A time that a scenario measures besides what clients notice. */
export interface Measured {
  readonly what: string;
  readonly seconds: number;
  /** More than this is a failure. */
  readonly limit?: number;
}

/** The clients that write meanwhile. */
export interface Writers {
  /** Makes them go on with another login, or other certificates to trust. */
  readonly use: (config: ClientConfig) => Promise<void>;
}

export interface Scenario {
  /** As it is called on the command line. */
  readonly name: string;
  /** What happens, for the table. */
  readonly title: string;
  readonly kind: Kind;
  /** Whether it belongs to the reduced set. */
  readonly reduced?: true;
  /**
   * An account of the catalogue that writes, and what it writes to. Default: the admin, to topics that
   * are made for the scenario.
   */
  readonly writes?: { readonly account: string; readonly topics: readonly string[] };
  /**
   * Puts up a cluster that only this scenario uses, of the name of the scenario. Default: the one that
   * all the others share.
   *
   * @param image of the broker, by digest. Default: built of the checkout
   */
  readonly begin?: (cluster: ClusterUnderTest, image?: string) => Promise<void>;
  /**
   * Does the harm while clients write, and sees to it that it is undone: the cluster has minutes to
   * become healthy afterwards. Throws when the cluster does not behave as it must.
   */
  readonly run: (cluster: ClusterUnderTest, writers: Writers) => Promise<readonly Measured[]>;
}

/** Milliseconds. */
const LIMITS = {
  plannedWorst10sP99: 2000,
  /** Until every partition takes records again. */
  gapWithoutOneBroker: 15_000,
};

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** What is wrong with the records, for a scenario of its kind; empty when all is well. Pure. */
export function brokenPromises(
  { kind }: Pick<Scenario, "kind">,
  { complaints, failed }: Pick<Verdict, "complaints" | "failed">,
): string[] {
  const refused =
    kind === "planned" && failed > 0 ? [`${String(failed)} records were refused`] : [];
  return [...complaints, ...refused];
}

/**
 * What took longer than is promised; empty when nothing did. Of a machine that does something else
 * besides it says little. Pure.
 */
export function missedTimes(
  { kind }: Pick<Scenario, "kind">,
  { worst10sP99Ms, longestGapMs }: Pick<Verdict, "worst10sP99Ms" | "longestGapMs">,
  measured: readonly Measured[],
): string[] {
  const missed: string[] = [];
  if (kind === "planned" && !(worst10sP99Ms < LIMITS.plannedWorst10sP99)) {
    missed.push(
      `p99 of the worst 10 s is ${inSeconds(worst10sP99Ms)}; wanted: under ${inSeconds(LIMITS.plannedWorst10sP99)}`,
    );
  }
  if (kind === "broker" && !(longestGapMs <= LIMITS.gapWithoutOneBroker)) {
    missed.push(
      `a partition took nothing for ${inSeconds(longestGapMs)}; wanted: at most ${inSeconds(LIMITS.gapWithoutOneBroker)}`,
    );
  }
  for (const { what, seconds, limit } of measured) {
    if (limit !== undefined && !(seconds <= limit)) {
      missed.push(
        `${what}: ${inSeconds(seconds * 1000)}; wanted: at most ${inSeconds(limit * 1000)}`,
      );
    }
  }
  return missed;
}
