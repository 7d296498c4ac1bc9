import { isLate, isPoor } from "../../../model/observability/view-limits.ts";
import type {
  AlertView,
  BrokerView,
  ClusterView,
  GroupView,
  PartView,
  TopicView,
} from "../../../model/observability/cluster-view.ts";
import { amount, bytes, duration, rate, sparkline } from "./figures.ts";
import { html, type Html } from "./html.ts";

/** Rows of a table that are shown at once; whoever wants others looks for them by name. */
const MOST_ROWS = 50;

interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Html | string;
  readonly kind?: "name" | "number";
  /** Left out where the screen is narrow. */
  readonly wide?: boolean;
}

function table<T>(
  { id, title, empty }: { readonly id: string; readonly title: string; readonly empty: string },
  rows: readonly T[],
  columns: readonly Column<T>[],
): Html {
  const shown = rows.slice(0, MOST_ROWS);
  const looks = ({ kind, wide }: Column<T>) =>
    [kind, wide && "wide"].filter((word) => typeof word === "string").join(" ");
  const body = shown.map(
    (row) =>
      html`<tr>
        ${columns.map((column) => html`<td class="${looks(column)}">${column.cell(row)}</td>`)}
      </tr>`,
  );
  const heads = columns.map(
    (column) => html`<th scope="col" class="${looks(column)}">${column.title}</th>`,
  );
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title} <span class="dim">${rows.length}</span></h2>
    ${
      rows.length === 0
        ? html`<p class="dim">${empty}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">
            <table>
              ${
                rows.length > shown.length &&
                html`<caption>
                  The first ${shown.length} of ${rows.length}, the worst first. Search to see
                  others.
                </caption>`
              }
              <thead>
                <tr>
                  ${heads}
                </tr>
              </thead>
              <tbody>
                ${body}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

const mark = (state: string, text: string) => html`<span class="mark ${state}">${text}</span>`;

export const brokerTable = (brokers: readonly BrokerView[]): Html =>
  table({ id: "brokers", title: "Brokers", empty: "None was seen yet." }, brokers, [
    { title: "Broker", cell: ({ id }) => String(id) },
    { title: "State", cell: ({ up }) => (up ? mark("fine", "up") : mark("broken", "away")) },
    {
      title: "Disk in use",
      kind: "number",
      cell: ({ disk }) =>
        disk
          ? html`${Math.round((100 * disk.usedBytes) / disk.totalBytes)} %
              <span class="dim">of ${bytes(disk.totalBytes)}</span>`
          : amount(undefined),
    },
    { title: "Address", kind: "name", wide: true, cell: ({ address }) => address },
  ]);

export const topicTable = (topics: readonly TopicView[]): Html =>
  table(
    { id: "topics", title: "Topics by health", empty: "No topic of this name." },
    topics.toSorted(
      (one, other) =>
        (one.health ?? 101) - (other.health ?? 101) || one.name.localeCompare(other.name),
    ),
    [
      { title: "Topic", kind: "name", cell: ({ name }) => name },
      { title: "Health", kind: "number", cell: health },
      { title: "Messages", kind: "number", cell: (topic) => rate(topic.messagesPerSecond) },
      {
        title: "",
        cell: ({ rates, name }) => sparkline(rates, `rate of ${name} over the last minutes`),
      },
      {
        title: "Partitions",
        kind: "number",
        wide: true,
        cell: (topic) => amount(topic.partitions),
      },
      { title: "Size", kind: "number", wide: true, cell: (topic) => bytes(topic.bytes) },
      {
        title: "Owner",
        wide: true,
        cell: ({ owner }) => owner ?? html`<span class="dim">none</span>`,
      },
    ],
  );

function health(topic: TopicView): Html | string {
  const score = topic.health;
  if (score === undefined) return amount(undefined);
  return mark(
    isPoor(topic) ? "broken" : score < 90 ? "degraded" : "fine",
    String(Math.round(score)),
  );
}

export const groupTable = (groups: readonly GroupView[]): Html =>
  table(
    { id: "groups", title: "Consumer groups by lag", empty: "No group of this name." },
    groups.toSorted(
      (one, other) =>
        Number(isLate(other)) - Number(isLate(one)) ||
        (other.lagSeconds ?? -1) - (one.lagSeconds ?? -1) ||
        (other.lag ?? -1) - (one.lag ?? -1),
    ),
    [
      {
        title: "Group",
        kind: "name",
        cell: ({ group, topic }) => html`${group}<br /><span class="dim">${topic}</span>`,
      },
      { title: "Behind", kind: "number", cell: behind },
      { title: "Records", kind: "number", cell: ({ lag }) => amount(lag) },
      {
        title: "Caught up in",
        kind: "number",
        cell: ({ secondsToZero }) => duration(secondsToZero, "no end in sight"),
      },
      {
        title: "Loses records in",
        kind: "number",
        wide: true,
        cell: ({ secondsToDataLoss }) => duration(secondsToDataLoss, "none foreseen"),
      },
      {
        title: "State",
        wide: true,
        cell: ({ state, type, members }) =>
          html`${state ?? amount(undefined)}
            <span class="dim">${type} · ${amount(members)} members</span>`,
      },
    ],
  );

function behind(group: GroupView): Html {
  const text = html`${duration(group.lagSeconds, "for ever")}${
    group.lagBudgetSeconds !== undefined &&
    html` <span class="dim">of ${duration(group.lagBudgetSeconds, "")}</span>`
  }`;
  return isLate(group) ? html`<span class="mark broken">${text}</span>` : text;
}

export function alertTable(alerts: ClusterView["alerts"]): Html | undefined {
  if (alerts === undefined) return undefined;
  if ("unknown" in alerts) {
    return html`<section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <p class="mark unknown">Not known: ${alerts.unknown}</p>
    </section>`;
  }
  return table<AlertView>({ id: "alerts", title: "Alerts", empty: "None fires." }, alerts, [
    {
      title: "Severity",
      cell: ({ severity }) => mark(severity === "critical" ? "broken" : "degraded", severity),
    },
    {
      title: "Alert",
      kind: "name",
      cell: ({ name, summary, runbookUrl }) =>
        html`${runbookUrl === undefined ? name : html`<a href="${runbookUrl}">${name}</a>`}<br /><span
            class="dim"
            >${summary}</span
          >`,
    },
    { title: "Owner", wide: true, cell: ({ owner }) => owner },
    { title: "Since", wide: true, cell: ({ since }) => time(since) },
  ]);
}

/** What could not be looked at; nothing where all could. */
export function partTable(parts: readonly PartView[]): Html | undefined {
  const unseen = parts.filter(({ result }) => result !== "seen");
  if (unseen.length === 0) return undefined;
  return table({ id: "parts", title: "Not seen", empty: "" }, unseen, [
    { title: "What", cell: ({ part }) => part.replaceAll("_", " ") },
    {
      title: "Why",
      cell: ({ result }) =>
        result === "denied" ? mark("unknown", "no right to") : mark("unknown", "failed"),
    },
    {
      title: "Last seen",
      cell: ({ lastSeen }) => (lastSeen === undefined ? "never" : time(lastSeen)),
    },
  ]);
}

export const time = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}"
    >${at.toISOString().slice(0, 19).replace("T", " ")} UTC</time
  >`;
