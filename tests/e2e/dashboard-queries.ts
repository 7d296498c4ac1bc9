import { loadCatalogue } from "../../model/catalogue/load-catalogue.ts";
import { dashboards } from "../../model/dashboards/dashboards.ts";
import { DECLARATIONS } from "../../topics/index.ts";

/**
 * What the dashboards ask that the dev stack of the tests has no answer to, by the reason. One broker has an answer to
 * all else: followers, losses and dead letters are 0 there, and not unknown.
 */
export const WITHOUT_ANSWER: Readonly<Record<string, readonly string[]>> = {
  "nobody reads topics of these owners: only clients of e-commerce run": [
    "Kafka of data-replication: Who reads, and how far behind",
    "Kafka of game-platform: Who reads, and how far behind",
    "Kafka of platform: Who reads, and how far behind",
    "Kafka of streaming-analytics: Who reads, and how far behind",
    "Kafka of tda-platform: Who reads, and how far behind",
  ],
  "no group of these owners has ever joined": [
    "Kafka of data-replication: Lag in seconds",
    "Kafka of data-replication: Members",
    "Kafka of game-platform: Lag in seconds",
    "Kafka of game-platform: Members",
    "Kafka of streaming-analytics: Lag in seconds",
    "Kafka of streaming-analytics: Members",
    "Kafka of tda-platform: Lag in seconds",
    "Kafka of tda-platform: Members",
  ],
};

/** What the dashboards ask that a Prometheus answers with no series: `dashboard: panel`, and which query of several. */
export async function unansweredBy(prometheus: string, cluster: string): Promise<string[]> {
  const catalogue = loadCatalogue(DECLARATIONS, { environment: "dev", brokers: 1 });
  const queries = dashboards(catalogue).flatMap(({ title, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap((panel) =>
        panel.queries.map(({ expr, legend }) => ({
          name: [title, panel.title, ...(panel.queries.length > 1 ? [legend] : [])].join(": "),
          expr: expr.replaceAll("$__rate_interval", "1m").replaceAll("$cluster", cluster),
        })),
      ),
    ),
  );
  const unanswered: string[] = [];
  for (const { name, expr } of queries) {
    const url = `${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`;
    const answer = (await (await fetch(url)).json()) as Answer;
    if (answer.status !== "success") throw new Error(`${name}: ${answer.error ?? "refused"}`);
    if (answer.data?.result.length === 0) unanswered.push(name);
  }
  return unanswered.toSorted();
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: readonly unknown[] };
}
