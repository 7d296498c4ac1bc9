import { durationText, percentText, sizeText } from "../values/amount-text.ts";
import {
  type CapacityPlan,
  type CapacityFinding,
  type Load,
  type PlannedTopicLoad,
  type QuotaDemand,
  THRESHOLDS,
} from "./capacity.ts";
import { MILLISECONDS } from "../values/units.ts";
import { CHECK_INTERVAL } from "./segments.ts";

/** A finding as it is told, wherever it is. */
export const findingText = ({ verdict, message }: CapacityFinding): string =>
  `${verdict === "failure" ? "error" : "warning"}: ${message}`;

/** What is needed of what there is, such as `7.41 TiB of 12 TiB (62 %)`. `unit` is put after each. */
export function loadText({ needed, available }: Omit<Load, "verdict">, unit = ""): string {
  const amount = `${sizeText(needed)}${unit}`;
  if (available === undefined) return `${amount} (how much there is, is not known)`;
  return `${amount} of ${sizeText(available)}${unit} (${percentText(needed / available)})`;
}

const RANK = { ok: 0, warning: 1, failure: 2 } as const;

/** What is not well in a plan, the worst first. */
export const capacityFindings = (
  plan: Pick<CapacityPlan, "storage" | "network" | "quotas" | "topics">,
): CapacityFinding[] =>
  [
    ...storageFindings(plan.storage, plan.topics),
    ...networkFindings(plan.network),
    ...plan.quotas.flatMap(quotaFindings),
    ...plan.quotas.flatMap(lagFindings),
    ...plan.topics.flatMap(partitionFindings),
    ...plan.topics.flatMap(stayFindings),
  ].sort((one, other) => RANK[other.verdict] - RANK[one.verdict]);

const LARGEST = 3;

function storageFindings(
  { needed, available, verdict }: Load,
  loads: readonly PlannedTopicLoad[],
): CapacityFinding[] {
  if (verdict === "ok" || available === undefined) return [];
  const largest = [...loads]
    .sort((one, other) => other.storage.perBroker - one.storage.perBroker)
    .slice(0, LARGEST)
    .map(({ name, storage }) => `${name} ${sizeText(storage.perBroker)}`);
  const wanted = sizeText(needed / THRESHOLDS.warning);
  const message =
    `storage: a broker needs ${sizeText(needed)} of its ${sizeText(available)} ` +
    `(${percentText(needed / available)}); give each at least ${wanted} (cluster.storage.size), add ` +
    `brokers, or keep less: most is taken by ${largest.join(", ")}`;
  return [{ verdict, message }];
}

function networkFindings({ needed, available, verdict }: Load): CapacityFinding[] {
  if (verdict === "ok" || available === undefined) return [];
  const message =
    `network: a broker carries ${sizeText(needed)}/s of ${sizeText(available)}/s ` +
    `(${percentText(needed / available)}) at the peak; add brokers`;
  return [{ verdict, message }];
}

function quotaFindings({
  account,
  kind,
  needed,
  available,
  verdict,
}: Load & QuotaDemand): CapacityFinding[] {
  if (verdict === "ok" || available === undefined) return [];
  const message =
    `quota: ${account} ${kind === "producer" ? "writes" : "reads"} ${sizeText(needed)}/s on a broker ` +
    `at the peak, of ${sizeText(available)}/s that its ${kind}ByteRate allows ` +
    `(${percentText(needed / available)}); it would be slowed down`;
  return [{ verdict, message }];
}

const PEAK = MILLISECONDS.h;

/**
 * A quota is the one bound of how fast somebody reads that is declared. What comes in the busiest hour above it waits:
 * after the hour the oldest record that was not read came so much of the hour ago.
 */
function lagFindings({
  account,
  kind,
  needed,
  available,
  lagBudget,
}: Load & QuotaDemand): CapacityFinding[] {
  if (kind !== "consumer" || available === undefined || lagBudget === undefined) return [];
  if (needed <= available) return [];
  const behind = PEAK * (1 - available / needed);
  if (behind <= lagBudget) return [];
  const message =
    `lag: ${account} falls ${durationText(Math.round(behind / MILLISECONDS.m) * MILLISECONDS.m)} behind in the busiest ` +
    `hour, because its consumerByteRate lets it read ${sizeText(available)}/s on a broker of ` +
    `${sizeText(needed)}/s; its lagBudget is ${durationText(lagBudget)}`;
  return [{ verdict: "failure", message }];
}

function partitionFindings({ name, partitions }: PlannedTopicLoad): CapacityFinding[] {
  const { declared, needed } = partitions;
  if (declared >= needed) return [];
  const message =
    `partitions: ${name} has ${declared}, and its throughput and consumers need ${needed}; ` +
    `more of them change which partition a key is in`;
  return [{ verdict: "warning", message }];
}

/** From how many times of what is declared it is told that personal records stay longer. */
const LONGER = 2;
/** Share of the retention that a segment may be open for, where it is to go soon after. */
const SHORT = 1 / 4;

function stayFindings({ name, personalRetention, storage }: PlannedTopicLoad): CapacityFinding[] {
  const { longest } = storage;
  if (personalRetention === undefined || longest === undefined) return [];
  if (longest <= LONGER * personalRetention + CHECK_INTERVAL) return [];
  const message =
    `retention: ${name} holds personal records and declares ${durationText(personalRetention)}; one may stay ` +
    `for ${durationText(longest)}, because a segment goes as a whole once it is full or old; wanted ` +
    `config: { "segment.ms": "${durationText(personalRetention * SHORT)}" } or less, or a smaller segment.bytes`;
  return [{ verdict: "warning", message }];
}
