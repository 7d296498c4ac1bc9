/** What clients noticed, from what they wrote down. Pure. */

/** One acknowledged record as its producer saw it. */
export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  /** When it was handed over, milliseconds since the epoch. */
  readonly sentMs: number;
  /** From handing it over to its acknowledgement. */
  readonly latencyMs: number;
}

/** How a client saw the partitions at a moment, by the brokers' metadata. */
export interface IsrSample {
  readonly atMs: number;
  /** Partitions with fewer replicas in sync than `min.insync.replicas`. */
  readonly underMinIsr: number;
  readonly leaderless: number;
}

export interface Measures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The 99th percentile of the worst ten seconds. */
  readonly worst10sP99Ms: number;
  /** The longest time in which some partition took no record. */
  readonly longestGapMs: number;
  /** Which partition that was, and when it took the last record before: milliseconds since the first was sent. */
  readonly longestGapOf: string;
  readonly longestGapBeganMs: number;
  /** How long some partition had fewer replicas in sync than it must have. */
  readonly underMinIsrMs: number;
}

const WINDOW_MS = 10_000;
const STEP_MS = 1000;
/** A window of fewer records has no 99th percentile to speak of. */
const FEWEST_IN_WINDOW = 100;

/** @throws Error without deliveries: then nothing was measured. */
export function measure(deliveries: readonly Delivery[], samples: readonly IsrSample[]): Measures {
  if (deliveries.length === 0) throw new Error("no record was acknowledged: nothing was measured");
  const latencies = deliveries.map(({ latencyMs }) => latencyMs).sort(ascending);
  return {
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    worst10sP99Ms: worstWindow(deliveries),
    ...longestGap(deliveries),
    underMinIsrMs: timeUnderMinIsr(samples),
  };
}

/** The smallest value that at least this share of the values does not exceed; values ascend. */
export function quantile(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? NaN;
}

/** Windows of ten seconds, one begun each second; a record counts where it was sent. */
function worstWindow(deliveries: readonly Delivery[]): number {
  const sorted = [...deliveries].sort((one, other) => one.sentMs - other.sentMs);
  const first = sorted[0]?.sentMs ?? 0;
  const last = sorted.at(-1)?.sentMs ?? 0;
  let [from, to, worst] = [0, 0, NaN];
  // A shorter run is one window.
  for (
    let begin = first;
    begin === first || begin + WINDOW_MS <= last + STEP_MS;
    begin += STEP_MS
  ) {
    while ((sorted[from]?.sentMs ?? Infinity) < begin) from += 1;
    while ((sorted[to]?.sentMs ?? Infinity) < begin + WINDOW_MS) to += 1;
    const latencies = sorted.slice(from, to).map(({ latencyMs }) => latencyMs);
    if (latencies.length < FEWEST_IN_WINDOW && begin !== first) continue;
    const p99 = quantile(latencies.sort(ascending), 0.99);
    if (!(p99 <= worst)) worst = p99;
  }
  return worst;
}

/** Between two acknowledgements of the same partition. */
function longestGap(
  deliveries: readonly Delivery[],
): Pick<Measures, "longestGapMs" | "longestGapOf" | "longestGapBeganMs"> {
  const accepted = new Map<string, number[]>();
  const first = firstSent(deliveries);
  for (const { topic, partition, sentMs, latencyMs } of deliveries) {
    const name = `${topic}-${String(partition)}`;
    const times = accepted.get(name);
    if (times) times.push(sentMs + latencyMs);
    else accepted.set(name, [sentMs + latencyMs]);
  }
  let longest = { longestGapMs: 0, longestGapOf: "", longestGapBeganMs: 0 };
  for (const [name, times] of accepted) {
    times.sort(ascending);
    let before = times[0] ?? 0;
    for (const time of times) {
      if (time - before > longest.longestGapMs) {
        longest = {
          ...{ longestGapMs: time - before, longestGapOf: name },
          longestGapBeganMs: before - first,
        };
      }
      before = time;
    }
  }
  return longest;
}

const firstSent = (deliveries: readonly Delivery[]): number =>
  deliveries.reduce((least, { sentMs }) => Math.min(least, sentMs), Infinity);

/** A sample holds until the next one. */
function timeUnderMinIsr(samples: readonly IsrSample[]): number {
  return samples.reduce((sum, { atMs, underMinIsr }, at) => {
    const until = samples[at + 1]?.atMs ?? atMs;
    return underMinIsr > 0 ? sum + until - atMs : sum;
  }, 0);
}

const ascending = (one: number, other: number): number => one - other;

/** How many records were accepted in each second, from the first one that was sent. */
export function acceptedPerSecond(deliveries: readonly Delivery[]): number[] {
  const first = firstSent(deliveries);
  const counts: number[] = [];
  for (const { sentMs, latencyMs } of deliveries) {
    const second = Math.floor((sentMs + latencyMs - first) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count: number | undefined) => count ?? 0);
}
