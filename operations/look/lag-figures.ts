import { secondsToDataLoss } from "../../model/lag/data-loss.ts";
import { lagRecords } from "../../model/lag/position.ts";
import { secondsToZero } from "../../model/lag/progress.ts";
import { recordAge } from "../../model/lag/record-age.ts";
import type { GroupState, PositionState } from "./group-state.ts";
import type { PartitionState, TopicState } from "./partition-state.ts";

/** How far a group is behind in a topic; undefined where that is not known. */
export interface LagFigures {
  readonly committed: number;
  readonly lag: number;
  readonly lagSeconds: number | undefined;
  readonly secondsToZero: number | undefined;
  readonly secondsToDataLoss: number;
  readonly lost: number;
  /** Records a second. */
  readonly consumed: number | undefined;
}

export interface PartitionLag {
  readonly partition: number;
  readonly committed: number;
  readonly lag: number;
}

/** The lag in each partition that has a position, in order of their numbers. */
export function partitionLags(positions: ReadonlyMap<number, PositionState>, topic: TopicState) {
  const lags: PartitionLag[] = [];
  for (const [partition, { committed }] of positions) {
    const bounds = topic.partitions[partition]?.bounds;
    if (bounds) lags.push({ partition, committed, lag: lagRecords(committed, bounds) });
  }
  return lags.sort((one, other) => one.partition - other.partition);
}

/** Of all partitions: sums where that makes sense, else the worst. One that is not known hides the worst. */
export function lagFigures(
  group: GroupState,
  name: string,
  topic: TopicState,
  retentionMs: number | undefined,
  now: number,
): LagFigures {
  const figures = { committed: 0, lag: 0, lost: 0 };
  let lagSeconds: number | undefined = 0;
  let toZero: number | undefined = 0;
  let consumed: number | undefined = 0;
  let toDataLoss = Infinity;
  for (const [partition, position] of group.topics.get(name) ?? []) {
    const state = topic.partitions[partition];
    const bounds = state?.bounds;
    if (!state || !bounds) continue;
    const { committed, progress } = position;
    const lag = lagRecords(committed, bounds);
    const ageMs = ageOf(position, state, now);
    figures.committed += committed;
    figures.lag += lag;
    figures.lost += position.lost;
    lagSeconds = worst(lagSeconds, ageMs === undefined ? undefined : ageMs / 1000);
    toZero = worst(toZero, secondsToZero(lag, progress.rates));
    consumed = sum(consumed, progress.rates?.consumed);
    const removedPerSecond = state.start.rate(now);
    const facts = { committed, bounds, ageMs, retentionMs, removedPerSecond };
    toDataLoss = Math.min(toDataLoss, secondsToDataLoss(facts));
  }
  return { ...figures, lagSeconds, secondsToZero: toZero, secondsToDataLoss: toDataLoss, consumed };
}

/** Milliseconds; undefined where it is not known. */
function ageOf({ committed }: PositionState, state: PartitionState, now: number) {
  const { bounds, ends, found } = state;
  if (!bounds) return undefined;
  return recordAge(committed, bounds, ends, (from) => found.get(from), now)?.ageMs;
}

const worst = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : Math.max(one, other);

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;
