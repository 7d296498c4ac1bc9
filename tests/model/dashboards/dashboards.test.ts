import { describe, expect, it } from "vitest";
import { loadCatalogue } from "../../../model/catalogue/load-catalogue.ts";
import type { Dashboard, Panel } from "../../../model/dashboards/dashboard.ts";
import { dashboards } from "../../../model/dashboards/dashboards.ts";
import { anyOf, holdings, ownerDashboard } from "../../../model/dashboards/owner-dashboard.ts";
import { renderDashboard } from "../../../model/dashboards/render-dashboard.ts";
import { BROKER, EXPORTER } from "../../../model/observability/metric-names.ts";
import { DECLARATIONS } from "../../../topics/index.ts";
import { selectedBy } from "../../support/promql.ts";

const catalogue = loadCatalogue(DECLARATIONS, { environment: "prod", brokers: 3 });
const all = dashboards(catalogue);
const panels = all.flatMap(({ title, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ of: `${title}: ${panel.title}`, panel }))),
);

/** What Prometheus itself makes, by the labels of it that are ours. */
const OF_PROMETHEUS = [
  { name: "up", labels: [] },
  { name: "ALERTS", labels: ["alertname", "alertstate", "owner"] },
];
/** What a scrape adds to every series. */
const OF_THE_SCRAPE = ["cluster", "job", "instance", "broker"];

/** Grafana fills these in; a query is PromQL only then. */
const filledIn = (expr: string) =>
  expr.replaceAll("$__rate_interval", "1m").replaceAll("$cluster", "kafka-platform");

/** Metrics and labels of a query that nothing serves. */
function unknownIn(expr: string): string[] {
  const served = [...Object.values(BROKER), ...Object.values(EXPORTER), ...OF_PROMETHEUS];
  return selectedBy(filledIn(expr)).flatMap(({ metric, labels }) => {
    const plain = metric.replace(/_(bucket|count|sum)$/, "");
    const known = served.find(({ name }) => name === metric || name === plain);
    if (!known) return [metric];
    const allowed = [...known.labels, ...OF_THE_SCRAPE, "le"];
    return labels.filter((label) => !allowed.includes(label)).map((label) => `${metric}.${label}`);
  });
}

const faultsOf = ({ description, queries, columns }: Panel): string[] => [
  ...(description.endsWith(".") ? [] : ["description is no sentence"]),
  ...(queries.length > 0 ? [] : ["no query"]),
  ...queries.flatMap(({ expr }) => unknownIn(expr).map((name) => `unknown: ${name}`)),
  ...queries.flatMap(({ expr }) => (/\bcluster=/.test(expr) ? [] : ["of every cluster at once"])),
  ...(columns && Object.keys(columns).length === 0 ? ["a table without columns"] : []),
];

describe("every panel", () => {
  it.each(panels)("$of says what it shows, by metrics that are served", ({ panel }) => {
    expect(faultsOf(panel)).toEqual([]);
  });

  it("is refused by the check above where it would show nothing", () => {
    const [first] = panels;
    if (!first) throw new Error("no panels");
    const withQuery = (expr: string) =>
      faultsOf({ ...first.panel, queries: [{ expr, legend: "" }] });
    expect(withQuery('kafka_brokerz{cluster="$cluster"}')).toEqual(["unknown: kafka_brokerz"]);
    expect(withQuery('kafka_brokers{cluster="$cluster",topik="a"}')).toEqual([
      "unknown: kafka_brokers.topik",
    ]);
    expect(withQuery("kafka_brokers")).toEqual(["of every cluster at once"]);
    expect(() => withQuery('sum(kafka_brokers{cluster="$cluster"}')).toThrow("not PromQL");
  });
});

describe("the dashboards", () => {
  it("are five of the platform, and one for each owner of topics or groups", () => {
    const owners = new Set(catalogue.topics.map(({ owner }) => owner));
    const titles = all.map(({ title }) => title);
    expect(titles.slice(0, 5)).toEqual([
      "Kafka Overview",
      "Kafka Consumers",
      "Kafka Replication and KRaft",
      "Kafka JVM, requests and disk",
      "Kafka SLO",
    ]);
    for (const owner of owners) expect(titles).toContain(`Kafka of ${owner}`);
  });

  it("have identities that Grafana takes, each once", () => {
    const uids = all.map(({ uid }) => uid);
    expect(uids.filter((uid) => !/^[A-Za-z0-9_-]{1,40}$/.test(uid))).toEqual([]);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it("let who looks pick the Prometheus and the cluster, in every panel and query", () => {
    for (const dashboard of all) {
      const { panels: rendered, templating } = JSON.parse(renderDashboard(dashboard)) as Rendered;
      expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "cluster"]);
      const shown = rendered.filter(({ type }) => type !== "row");
      expect(shown.length).toBe(dashboard.rows.flatMap((row) => row.panels).length);
      for (const panel of shown) {
        expect(panel.datasource.uid).toBe("${datasource}");
        expect(panel.fieldConfig.defaults.unit).not.toBe("");
        expect(panel.targets.map(({ datasource }) => datasource.uid)).toEqual(
          panel.targets.map(() => "${datasource}"),
        );
      }
    }
  });
});

describe("the dashboard of an owner", () => {
  it("names its topics and groups literally, also where a name has a dot in it", () => {
    expect(anyOf(["a.b", "group-*"])).toBe(String.raw`a\\.b|group-.*`);
    const { rows } = ownerDashboard({ owner: "shop", topics: ["shop.orders"], groups: [] });
    expect(rows.map(({ title }) => title)).toEqual(["Alerts", "Topics"]);
    expect(rows[1]?.panels[1]?.queries[0]?.expr).toContain(String.raw`topic=~"shop\\.orders"`);
  });

  it("has the topics of the owner, and the groups that its accounts read with", () => {
    const held = holdings(catalogue.topics, catalogue.accounts);
    const tda = held.find(({ owner }) => owner === "tda-platform");
    expect(tda?.topics).toContain("tda_jobs");
    expect(tda?.groups).toContain("flink_tda_processor");
  });

  it("is not made for an owner of nothing", () => {
    expect(holdings([], [])).toEqual([]);
  });

  it("keeps an identity of its own where names are long and alike", () => {
    const long = (end: string): Dashboard =>
      ownerDashboard({ owner: `${"a".repeat(60)}${end}`, topics: ["t"], groups: [] });
    expect(long("-one").uid).not.toBe(long("-two").uid);
    expect(long("-one").uid.length).toBeLessThanOrEqual(40);
  });
});

interface Rendered {
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly type: string;
    readonly datasource: { readonly uid: string };
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
    readonly targets: readonly { readonly datasource: { readonly uid: string } }[];
  }[];
}
