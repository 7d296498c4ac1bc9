import { clusterVerdict, type Verdict } from "../../model/observability/cluster-verdict.ts";
import { isFull, isLate, isPoor } from "../../model/observability/view-limits.ts";
import type { ClusterView, TopicView } from "../../model/observability/cluster-view.ts";
import { textTable } from "../terminal/text-table.ts";
import { countText, secondsText, shareText, sizeText } from "./amounts.ts";

/** Named at most; the rest are counted. */
const SHOWN = 10;

/** What is wrong, why, and what to run: the first line. */
function verdictLine({ sentence, why, run }: Verdict, flags: string): string {
  const next = run === undefined ? undefined : `Run: npx kafka-platform ${run}${flags}`;
  return [sentence, why, next].filter((part) => part !== undefined).join(" ");
}

export interface HealthWords {
  /** What follows a command that is proposed: ` --stack prod`. */
  readonly flags: string;
  /** Everything, also what is well. */
  readonly detailed: boolean;
}

/** One look for a person: the sentence, then what it rests on. */
export function healthLines(view: ClusterView, { flags, detailed }: HealthWords): string[] {
  return [
    verdictLine(clusterVerdict(view), flags),
    "",
    ...textTable([
      ["  quorum", quorumText(view)],
      ["  brokers", brokersText(view)],
      ["  partitions", partitionsText(view)],
      ["  groups", groupsText(view)],
      ["  ends", view.ends?.length ? view.ends.join("; ") : "nothing soon"],
      ...view.parts
        .filter(({ result }) => result !== "seen")
        .map(({ part, result, reason = "" }) => [`  ${part}`, `${result}: ${reason}`]),
    ]),
    ...brokerLines(view, detailed),
    ...topicLines(view, detailed),
    ...groupLines(view, detailed),
  ];
}

function quorumText({ quorum }: ClusterView): string {
  if (!quorum) return "not asked";
  if (quorum.result !== "seen") return `${quorum.result}: ${quorum.reason}`;
  const voters = quorum.voters.map(({ id, behindMs }) =>
    behindMs > 1_000 ? `${String(id)} (${secondsText(behindMs / 1000)} behind)` : String(id),
  );
  return `controller ${String(quorum.leader)} leads ${voters.join(", ")}`;
}

/** Whether a part has an answer; figures of one without are not known. */
const isSeen = ({ parts }: ClusterView, wanted: string): boolean =>
  parts.some(({ part, lastSeen }) => part === wanted && lastSeen !== undefined);

function brokersText({ brokers, ...view }: ClusterView): string {
  if (brokers.length === 0) return "not known";
  const up = brokers.filter((one) => one.up).length;
  const full = brokers.filter(isFull).map(({ id }) => String(id));
  const disks = isSeen({ brokers, ...view }, "log_dirs") ? "" : ", disks not known";
  const nearlyFull = full.length === 0 ? disks : `, disk nearly full on ${full.join(", ")}`;
  return `${String(up)} of ${String(brokers.length)} answer${nearlyFull}`;
}

function partitionsText(view: ClusterView): string {
  if (!isSeen(view, "topics")) return "not known";
  const sum = (of: (topic: TopicView) => number) =>
    countText(view.topics.reduce((total, topic) => total + of(topic), 0));
  return [
    `${sum(({ partitions }) => partitions)} of ${countText(view.topics.length)} topics`,
    `${sum(({ withoutLeader }) => withoutLeader)} without leader`,
    `${sum(({ belowMinIsr }) => belowMinIsr)} below min ISR`,
    `${sum(({ underReplicated }) => underReplicated)} under-replicated`,
  ].join(", ");
}

function groupsText(view: ClusterView): string {
  if (!isSeen(view, "positions")) return "not known";
  const names = new Set(view.groups.map(({ group }) => group)).size;
  return `${countText(names)} with positions, ${countText(view.groups.filter(isLate).length)} over budget`;
}

function brokerLines({ brokers }: ClusterView, detailed: boolean): string[] {
  const shown = brokers.filter((one) => detailed || !one.up || isFull(one));
  return table(
    ["BROKER", "ADDRESS", "ANSWERS", "DISK", "USED"],
    shown.map(({ id, address, up, disk }) => [
      ...[String(id), address, up ? "yes" : "no"],
      disk ? sizeText(disk.totalBytes) : "?",
      disk ? shareText(disk.usedBytes, disk.totalBytes) : "?",
    ]),
    detailed,
  );
}

function topicLines({ topics }: ClusterView, detailed: boolean): string[] {
  const shown = topics
    .filter((one) => detailed || isPoor(one) || one.withoutLeader + one.belowMinIsr > 0)
    .toSorted((one, other) => (one.health ?? 101) - (other.health ?? 101));
  return table(
    ["TOPIC", "HEALTH", "PARTITIONS", "NO LEADER", "BELOW MIN ISR", "UNDER-REPLICATED", "OWNER"],
    shown.map((one) => [
      ...[one.name, countText(one.health), String(one.partitions), String(one.withoutLeader)],
      ...[String(one.belowMinIsr), String(one.underReplicated), one.owner ?? "-"],
    ]),
    detailed,
  );
}

function groupLines({ groups }: ClusterView, detailed: boolean): string[] {
  const shown = groups
    .filter((one) => detailed || isLate(one))
    .toSorted((one, other) => (other.lagSeconds ?? 0) - (one.lagSeconds ?? 0));
  return table(
    ["GROUP", "TOPIC", "LAG", "BEHIND", "BUDGET", "MEMBERS", "OWNER"],
    shown.map((one) => [
      ...[one.group, one.topic, countText(one.lag), secondsText(one.lagSeconds)],
      one.lagBudgetSeconds === undefined ? "-" : secondsText(one.lagBudgetSeconds),
      ...[countText(one.members), one.owner ?? "-"],
    ]),
    detailed,
  );
}

function table(head: readonly string[], rows: readonly string[][], all: boolean): string[] {
  if (rows.length === 0) return [];
  const shown = all ? rows : rows.slice(0, SHOWN);
  const rest = rows.length - shown.length;
  return ["", ...textTable([head, ...shown]), ...(rest > 0 ? [`… and ${String(rest)} more`] : [])];
}
