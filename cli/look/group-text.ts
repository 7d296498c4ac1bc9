import type { GroupReport } from "../../operations/groups/group-report.ts";
import { textTable } from "../terminal/text-table.ts";
import { countText, secondsText } from "./amounts.ts";

/** All groups, a line each. */
export const groupTable = (reports: readonly GroupReport[]): string[] =>
  reports.length === 0
    ? ["No group."]
    : textTable([
        [
          "GROUP",
          "TYPE",
          "STATE",
          "MEMBERS",
          "TOPICS",
          "LAG",
          "BEHIND",
          "MOVES",
          "BUDGET",
          "OWNER",
        ],
        ...reports.map((one) => [
          ...[one.group, one.type, one.state, countText(one.members), String(one.topics.length)],
          ...[countText(one.lag), secondsText(one.lagSeconds), one.movement, budgetOf(one)],
          one.owner ?? "(undeclared)",
        ]),
      ]);

/** The tightest budget, and whether it is kept. */
function budgetOf({ topics }: GroupReport): string {
  const limits = topics.flatMap(({ lagBudgetSeconds, lagSeconds }) =>
    lagBudgetSeconds === undefined ? [] : [{ budget: lagBudgetSeconds, lagSeconds }],
  );
  if (limits.length === 0) return "-";
  const least = secondsText(Math.min(...limits.map(({ budget }) => budget)));
  const over = limits.some(({ budget, lagSeconds = 0 }) => lagSeconds > budget);
  return over ? `${least} (over)` : least;
}

/** One group, partition by partition. */
export function groupDetail(report: GroupReport): string[] {
  const { topics } = report;
  return [
    ...groupTable([report]),
    "",
    ...(topics.length === 0 ? ["It has no positions."] : []),
    ...textTable([
      ...(topics.length === 0 ? [] : [["TOPIC", "PARTITION", "POSITION", "LAG"]]),
      ...topics.flatMap(({ topic, partitions }) =>
        partitions.map((one) => [
          ...[topic, String(one.partition), String(one.committed), countText(one.lag)],
        ]),
      ),
    ]),
  ];
}
