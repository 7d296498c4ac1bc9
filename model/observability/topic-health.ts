/** What the health of a topic is judged by; what is not known is undefined, and judged by nothing. */
export interface TopicFacts {
  readonly partitions: readonly {
    readonly hasLeader: boolean;
    readonly replicas: number;
    readonly inSync: number;
  }[];
  readonly minInsyncReplicas: number;
  /** Every group that reads it. */
  readonly groups: readonly {
    readonly lag: number;
    readonly lagSeconds: number | undefined;
    readonly budgetSeconds: number | undefined;
  }[];
  /** Dead letters for each record consumed, 0 to 1. */
  readonly errorRatio: number | undefined;
}

/** What each part weighs; together 100. */
const WEIGHTS = { availability: 40, replication: 20, lag: 25, errors: 15 } as const;

/** Without a budget: a lag up to the first is healthy, from the second on critical. */
const LAG_RECORDS = { healthy: 1_000, critical: 10_000 } as const;
/** A lag of so many budgets is critical. */
const CRITICAL_BUDGETS = 2;
const CRITICAL_ERROR_RATIO = 0.05;

/**
 * Health of a topic from 0 to 100: the weighted mean of four shares from 0 to 1, of those that are known.
 *
 * - availability (40): partitions that take writes, which have a leader and enough replicas in sync
 * - replication (20): replicas that are in sync
 * - lag (25): of the worst group, 1 within its budget, falling to 0 at twice the budget; without a budget
 *   1 up to 1,000 records, falling to 0 at 10,000
 * - errors (15): 1 without dead letters, falling to 0 at 5 % of what is consumed
 *
 * Whatever else is well, a topic is worth no more than the share of its partitions that take writes.
 *
 * @returns undefined for a topic whose partitions are not known
 */
export function topicHealthScore(facts: TopicFacts): number | undefined {
  const { partitions, minInsyncReplicas, errorRatio } = facts;
  if (partitions.length === 0) return undefined;
  const writable = partitions.filter((one) => one.hasLeader && one.inSync >= minInsyncReplicas);
  const availability = writable.length / partitions.length;
  const shares = {
    availability,
    replication: total(partitions, "inSync") / Math.max(1, total(partitions, "replicas")),
    lag: lagShare(facts.groups),
    errors: errorRatio === undefined ? undefined : falling(errorRatio, 0, CRITICAL_ERROR_RATIO),
  };
  let [weight, sum] = [0, 0];
  for (const [part, points] of Object.entries(WEIGHTS)) {
    const share = shares[part as keyof typeof shares];
    if (share === undefined) continue;
    weight += points;
    sum += points * share;
  }
  return Math.round(Math.min(sum / weight, availability) * 100);
}

function lagShare(groups: TopicFacts["groups"]): number | undefined {
  const shares = groups.map(({ lag, lagSeconds, budgetSeconds }) => {
    if (budgetSeconds === undefined) {
      return falling(lag, LAG_RECORDS.healthy, LAG_RECORDS.critical);
    }
    if (lagSeconds === undefined) return undefined;
    return falling(lagSeconds, budgetSeconds, budgetSeconds * CRITICAL_BUDGETS);
  });
  const known = shares.filter((share) => share !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** 1 up to `from`, 0 from `to` on, a straight line between. */
const falling = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (to - value) / (to - from)));

const total = (partitions: TopicFacts["partitions"], key: "replicas" | "inSync"): number =>
  partitions.reduce((sum, one) => sum + one[key], 0);
