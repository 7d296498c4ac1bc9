import { consumerGroups } from "../access/compile-grants.ts";
import type { CatalogueAccount, CatalogueTopic } from "../catalogue/catalogue.ts";
import type { Dashboard, Panel } from "./dashboard.ts";

/** What one owner has: the topics, and the groups that its accounts read with. */
export interface Holdings {
  readonly owner: string;
  readonly topics: readonly string[];
  /** With `*` at the end of one: every group whose name starts so. */
  readonly groups: readonly string[];
}

/** What each owner has, in order of name; who has neither topics nor groups is left out. */
export function holdings(
  topics: readonly CatalogueTopic[],
  accounts: readonly CatalogueAccount[],
): Holdings[] {
  const owners = new Set([...topics, ...accounts].map(({ owner }) => owner));
  return [...owners]
    .toSorted()
    .map((owner) => ({
      owner,
      topics: topics.filter((topic) => topic.owner === owner).map(({ name }) => name),
      groups: unique(
        accounts
          .filter((account) => account.owner === owner)
          .flatMap(({ grants, groupGrants: groups }) => consumerGroups({ grants, groups })),
      ),
    }))
    .filter((held) => held.topics.length > 0 || held.groups.length > 0);
}

/** What one owner wants to see: its topics, who reads them, what its own groups lag, what fires. */
export function ownerDashboard({ owner, topics, groups }: Holdings): Dashboard {
  const held = [
    topics.length > 0 ? { title: "Topics", panels: topicPanels(anyOf(topics)) } : undefined,
    groups.length > 0
      ? { title: "Consumer groups", panels: groupPanels(anyOf(groups)) }
      : undefined,
  ];
  return {
    uid: uid(owner),
    title: `Kafka of ${owner}`,
    description: `Topics and consumer groups of ${owner}, and the alerts that reach it.`,
    rows: [
      { title: "Alerts", panels: [alerts(owner)] },
      ...held.filter((row) => row !== undefined),
    ],
  };
}

/** Grafana takes 40 characters: a longer name is told from others by what it ends in, too. */
function uid(owner: string): string {
  const whole = `kafka-of-${owner.replace(/[^A-Za-z0-9_-]/g, "-")}`;
  return whole.length <= 40 ? whole : `${whole.slice(0, 27)}-${whole.slice(-12)}`;
}

const alerts = (owner: string): Panel => ({
  title: "Alerts",
  description: "What fires now, and the alert that always does: it proves that alerts are judged.",
  shape: "table",
  unit: "none",
  span: 24,
  queries: [
    {
      expr: `ALERTS{alertstate="firing",cluster=~"$cluster|",owner="${owner}"} or ALERTS{alertname="Watchdog",alertstate="firing"}`,
      legend: "{{alertname}}",
    },
  ],
  columns: {
    alertname: "Alert",
    severity: "Severity",
    topic: "Topic",
    consumergroup: "Consumer group",
  },
});

function topicPanels(topic: string): Panel[] {
  return [
    {
      title: "Messages in",
      description: "Records that were appended to each topic.",
      shape: "lines",
      unit: "cps",
      queries: [
        {
          expr: `sum by (topic) (rate(kafka_topic_messages_total{cluster="$cluster",topic=~"${topic}"}[$__rate_interval]))`,
          legend: "{{topic}}",
        },
      ],
    },
    {
      title: "Size",
      description: "Bytes of all copies on all brokers.",
      shape: "lines",
      unit: "bytes",
      queries: [
        {
          expr: `kafka_topic_log_bytes{cluster="$cluster",topic=~"${topic}"}`,
          legend: "{{topic}}",
        },
      ],
    },
    {
      title: "Health",
      description: "0 to 100 from partitions, replication, lag and errors, the worst first.",
      shape: "table",
      unit: "none",
      queries: [
        {
          expr: `sort(kafka_topic_health_score{cluster="$cluster",topic=~"${topic}"})`,
          legend: "{{topic}}",
        },
      ],
      limits: { warning: 90, critical: 70, lowIsBad: true },
      columns: { topic: "Topic" },
    },
    {
      title: "Who reads, and how far behind",
      description:
        "Age of the oldest record that a group has not committed, whoever's group it is.",
      shape: "lines",
      unit: "s",
      queries: [
        {
          expr: `kafka_consumergroup_lag_seconds{cluster="$cluster",topic=~"${topic}"}`,
          legend: "{{consumergroup}} · {{topic}}",
        },
      ],
    },
  ];
}

function groupPanels(group: string): Panel[] {
  return [
    {
      title: "Lag in seconds",
      description:
        "Age of the oldest record that is not committed. Compare it with the lag budget.",
      shape: "lines",
      unit: "s",
      queries: [
        {
          expr: `kafka_consumergroup_lag_seconds{cluster="$cluster",consumergroup=~"${group}"}`,
          legend: "{{consumergroup}} · {{topic}}",
        },
      ],
    },
    {
      title: "Members",
      description: "Consumers in each group. 0: nobody reads, and lag grows.",
      shape: "lines",
      unit: "none",
      queries: [
        {
          expr: `kafka_consumergroup_members{cluster="$cluster",consumergroup=~"${group}"}`,
          legend: "{{consumergroup}}",
        },
      ],
    },
  ];
}

/** A pattern of PromQL, inside of double quotes, that matches these names and, with `*`, their starts. */
export const anyOf = (names: readonly string[]): string =>
  names
    .map((name) => (name.endsWith("*") ? `${literal(name.slice(0, -1))}.*` : literal(name)))
    .join("|");

/** A backslash is written twice: once for the pattern, once for the quotes around it. */
const literal = (text: string) =>
  text.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\\$&`).replaceAll('"', String.raw`\"`);

const unique = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
