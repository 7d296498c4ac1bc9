import { clusterVerdict } from "../../../model/observability/cluster-verdict.ts";
import type { ClusterView } from "../../../model/observability/cluster-view.ts";
import { Html, html } from "./html.ts";
import { LIVE, STYLE } from "./style.ts";
import { alertTable, brokerTable, groupTable, partTable, time, topicTable } from "./tables.ts";

/** The status page: whole, readable without scripts, and with nothing from anywhere else. */
export function statusPage(view: ClusterView, search: string): string {
  const { sentence, state } = clusterVerdict(view);
  const wanted = search.toLowerCase();
  const fits = (...names: string[]) => names.some((name) => name.toLowerCase().includes(wanted));
  const topics = view.topics.filter(({ name }) => fits(name));
  const groups = view.groups.filter(({ group, topic }) => fits(group, topic));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${MARKS[state]} ${view.cluster}</title>
        <link rel="icon" href="data:," />
        ${inline("style", STYLE)}
      </head>
      <body>
        <a class="skip" href="#shown">Skip to the state</a>
        <header>
          <h1>Kafka · ${view.cluster}</h1>
          <span class="dim" id="live" role="status"></span>
        </header>
        <form role="search">
          <input
            type="search"
            name="q"
            value="${search}"
            aria-label="Search topics and consumer groups"
            placeholder="Search topics and consumer groups"
          /><button>Search</button>
        </form>
        <main id="shown" tabindex="-1">
          <p class="verdict ${state}">${MARKS[state]} ${sentence}</p>
          <p class="dim">As of ${time(view.at)}</p>
          ${partTable(view.parts)} ${alertTable(view.alerts)} ${brokerTable(view.brokers)}
          ${topicTable(topics)} ${groupTable(groups)}
        </main>
        ${inline("script", LIVE)}
      </body>
    </html> `.text;
}

/** Nothing but the text between the tags: the headers allow exactly it. */
const inline = (tag: "style" | "script", text: string) => new Html(`<${tag}>${text}</${tag}>`);

/** A state has a sign as well as a colour: not everybody sees colours. */
const MARKS = { fine: "✓", degraded: "!", broken: "✗", unknown: "?" } as const;
