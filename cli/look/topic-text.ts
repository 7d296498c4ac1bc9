import type { TopicSetting } from "../../clients/kafka/observation/topic-settings.ts";
import type { GroupView } from "../../model/observability/cluster-view.ts";
import type { TopicState } from "../../operations/look/partition-state.ts";
import type { TopicReport } from "../../operations/topics/topic-report.ts";
import { textTable } from "../terminal/text-table.ts";
import { countText, secondsText, sizeText } from "./amounts.ts";

/** All topics, a line each. */
export const topicTable = (reports: readonly TopicReport[]): string[] =>
  reports.length === 0
    ? ["No topic."]
    : textTable([
        [
          ...["TOPIC", "STANDING", "PARTITIONS", "NO LEADER", "BELOW MIN ISR"],
          ...["UNDER-REPLICATED", "SIZE", "HEALTH", "OWNER"],
        ],
        ...reports.map(({ name, standing, view }) =>
          view
            ? [
                ...[name, standing, String(view.partitions), String(view.withoutLeader)],
                ...[String(view.belowMinIsr), String(view.underReplicated), sizeText(view.bytes)],
                ...[countText(view.health), view.owner ?? "-"],
              ]
            : [name, standing],
        ),
      ]);

export interface TopicDetail {
  readonly report: TopicReport;
  readonly state: TopicState | undefined;
  /** Settings in effect, or why they are not known. */
  readonly settings: readonly TopicSetting[] | { readonly unknown: string };
  /** What is declared, by setting. */
  readonly declared: Readonly<Record<string, string>>;
  /** Accounts, as declared. */
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly groups: readonly GroupView[];
  /** Records a second during a short sample; undefined where an end is not known. */
  readonly rate: number | undefined;
}

/** One topic: where it is, what it is set to, and who uses it. */
export function topicDetail(detail: TopicDetail): string[] {
  const { report, state, rate, writers, readers, groups } = detail;
  const partitions = state?.partitions ?? [];
  return [
    ...topicTable([report]),
    "",
    `Records a second, in a short sample: ${rate === undefined ? "not known" : countText(rate)}`,
    `Written by, as declared: ${writers.join(", ") || "nobody"}`,
    `Read by, as declared:    ${readers.join(", ") || "nobody"}`,
    ...(partitions.length === 0 ? [] : [""]),
    ...textTable([
      ...(partitions.length === 0
        ? []
        : [["PARTITION", "LEADER", "REPLICAS", "IN SYNC", "OLDEST", "END"]]),
      ...partitions.map(({ leader, replicas, inSync, bounds }, partition) => [
        ...[String(partition), leader < 0 ? "none" : String(leader), replicas.join(",")],
        ...[inSync.join(","), countText(bounds?.oldest), countText(bounds?.end)],
      ]),
    ]),
    ...(groups.length === 0 ? [] : [""]),
    ...textTable([
      ...(groups.length === 0 ? [] : [["GROUP", "LAG", "BEHIND", "MEMBERS"]]),
      ...groups.map(({ group, lag, lagSeconds, members }) => [
        ...[group, countText(lag), secondsText(lagSeconds), countText(members)],
      ]),
    ]),
    ...settingLines(detail),
  ];
}

/** What differs from Kafka's defaults, and what is declared; where they differ, both. */
function settingLines({ settings, declared }: TopicDetail): string[] {
  if ("unknown" in settings) return ["", `Settings are not known: ${settings.unknown}`];
  const shown = settings.filter(({ name, source }) => source !== "default" || name in declared);
  if (shown.length === 0) return [];
  return [
    "",
    ...textTable([
      ["SETTING", "IN EFFECT", "SET BY", "DECLARED"],
      ...shown.map(({ name, value, source }) => [name, value, source, declared[name] ?? "-"]),
    ]),
  ];
}
