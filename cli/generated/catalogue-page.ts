import { durationText, sizeText } from "../../model/values/amount-text.ts";
import type { Environment } from "../../model/values/environment.ts";
import { inEnvironment, REPLICATION, topicSpec } from "../../model/topic/topic-spec.ts";
import type { Catalogue, CatalogueTopic } from "../../model/catalogue/catalogue.ts";
import {
  declaredConsumptions,
  type DeclaredConsumption,
} from "../../model/catalogue/consumptions.ts";
import { type TopicUsage, topicUsage } from "../../model/catalogue/topic-usage.ts";
import { budgetText, watchText } from "../../model/alerting/watch-text.ts";
import { code } from "../../review/report/markdown-text.ts";
import { accountGraph, mermaid, topicGraph } from "./catalogue-graph.ts";

const ENVIRONMENTS = Object.keys(REPLICATION) as Environment[];

/** The catalogue as a Markdown page: every topic by the team that answers for it, and who uses it. */
export function cataloguePage(catalogue: Catalogue): string {
  const { topics, accounts } = catalogue;
  const usage = topicUsage(catalogue);
  const consumptions = declaredConsumptions(catalogue);
  const domains = [...Map.groupBy(topics, ({ owner }) => owner)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return [
    "# Catalogue",
    "",
    "Written by `npx kafka-platform generate` from the declarations in [`topics/`](../topics): change those.",
    "",
    `${counted(topics.length)} of ${domains.length} teams, and ${accounts.length} accounts. Where the ` +
      `environments differ, values are those of ${ENVIRONMENTS.join(" / ")}. Volumes are estimates ` +
      "unless they say that they are given.",
    "",
    ...domains.map(([owner, own]) => `- [${owner}](#${anchor(owner)}): ${counted(own.length)}`),
    "",
    "## Who talks to whom",
    "",
    ...mermaid(accountGraph(accounts, usage)),
    ...domains.flatMap(([owner, own]) => ["", ...domain(owner, own, usage, consumptions)]),
    "",
  ].join("\n");
}

function domain(
  owner: string,
  topics: readonly CatalogueTopic[],
  usage: TopicUsage,
  consumptions: readonly DeclaredConsumption[],
): string[] {
  return [
    `## ${owner}`,
    "",
    ...mermaid(
      topicGraph(
        topics.map(({ name }) => name),
        usage,
      ),
    ),
    "",
    "| topic | what it holds | key | classification | schema | kept | partitions × copies | codec | largest batch | events an hour |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...topics.map((topic) => row(topicCells(topic))),
    "",
    "| topic | written by | read by | failed records go to | its owner is told |",
    "| --- | --- | --- | --- | --- |",
    ...topics.map((topic) => row(userCells(topic, usage, consumptions))),
  ];
}

/** What people wrote may hold what ends a cell. */
const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s+/g, " ")).join(" | ")} |`;

/** The address that Markdown viewers give a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(/\s/g, "-");

const counted = (topics: number): string => (topics === 1 ? "1 topic" : `${topics} topics`);

const topicCells = (topic: CatalogueTopic): string[] => [
  `\`${topic.name}\`${topic.guarded ? " (guarded)" : ""}`,
  topic.description,
  topic.key ?? "none",
  topic.classification,
  topic.schema ? `\`${topic.schema.name}\`, ${topic.schema.compatibility}` : "none declared",
  byEnvironment((environment) => kept(topic, environment)),
  byEnvironment((environment) => {
    const { partitions, replicationFactor } = topicSpec(topic, environment);
    return `${partitions} × ${replicationFactor}`;
  }),
  byEnvironment((environment) => inEnvironment(topic, environment).producerCodec),
  byEnvironment((environment) => sizeText(inEnvironment(topic, environment).maxMessageSize)),
  volume(topic),
];

function volume({ eventsPerHour: { from, to, given } }: CatalogueTopic): string {
  const [low, high] = [from, to].map((events) => events.toLocaleString("en-US"));
  return `${low ?? ""} to ${high ?? ""}${given ? ", given" : ""}`;
}

function userCells(
  topic: CatalogueTopic,
  { writers, readers }: TopicUsage,
  consumptions: readonly DeclaredConsumption[],
): string[] {
  const { name, deadLetter } = topic;
  const writing = writers.filter(({ topic }) => topic === name);
  const reading = Map.groupBy(
    readers.filter(({ topic }) => topic === name),
    ({ account }) => account,
  );
  const own = writing.filter(({ deadLetters }) => !deadLetters).map(({ account }) => account);
  const failing = writing.filter(({ deadLetters }) => deadLetters).map(({ account }) => account);
  return [
    `\`${name}\``,
    [...own, ...failing.map((account) => `${account} (failed records)`)].join(", ") || "nobody",
    [...reading]
      .map(([account, uses]) => {
        const groups = uses.flatMap(({ group }) =>
          group === undefined ? [] : [`${code(group)}${budgetOf(consumptions, group, name)}`],
        );
        return groups.length === 0 ? `${account} (mirror)` : `${account} as ${groups.join(", ")}`;
      })
      .join(", ") || "nobody",
    deadLetter === undefined ? "" : `\`${deadLetter}\``,
    byEnvironment((environment) => watchText(inEnvironment(topic, environment))),
  ];
}

function budgetOf(all: readonly DeclaredConsumption[], group: string, topic: string): string {
  const { budget = {} } = all.find((one) => one.group === group && one.topic === topic) ?? {};
  const text = budgetText(budget);
  return text === undefined ? "" : ` (at most ${text} behind)`;
}

/** One value where all environments have it, else each. */
function byEnvironment(valueIn: (environment: Environment) => string): string {
  const values = ENVIRONMENTS.map(valueIn);
  return new Set(values).size === 1 ? (values[0] ?? "") : values.join(" / ");
}

function kept(topic: CatalogueTopic, environment: Environment): string {
  const { retention, retentionSize, tombstoneRetention } = inEnvironment(topic, environment);
  const latest =
    topic.cleanup === "delete"
      ? []
      : [`latest of each key, deletions ${durationText(tombstoneRetention ?? 0)}`];
  const drops = topic.cleanup !== "compact";
  const time =
    retention === undefined || !drops
      ? []
      : [retention === -1 ? "for ever" : durationText(retention)];
  const size =
    retentionSize === undefined || !drops ? [] : [`${sizeText(retentionSize)} a partition`];
  return [...latest, ...time, ...size].join(", at most ");
}
