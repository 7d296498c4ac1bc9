import { VizLegendOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import * as grafana from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import * as table from "@grafana/grafana-foundation-sdk/table";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import type { Dashboard, Limits, Panel, Row } from "./dashboard.ts";

/** Who looks picks the Prometheus, so that a dashboard fits any Grafana. */
const DATASOURCE = { type: "prometheus", uid: "${datasource}" };
/**
 * The classic format: the one after it, which the SDK would rather have, is read from Grafana 12 on only.
 */
// eslint-disable-next-line @typescript-eslint/no-deprecated
const ClassicDashboard = grafana.DashboardBuilder;
/** Tells our dashboards from others', and links them to each other. */
const TAG = "kafka-platform";

/** A dashboard as Grafana reads it: JSON, for versions from 10 on. */
export function renderDashboard({ uid, title, description, rows }: Dashboard): string {
  const builder = new ClassicDashboard(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .readonly()
    .refresh("30s")
    .time({ from: "now-3h", to: "now" })
    .tooltip(grafana.DashboardCursorSync.Crosshair)
    .withVariable(
      new grafana.DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"),
    )
    .withVariable(
      new grafana.QueryVariableBuilder("cluster")
        .label("Cluster")
        .datasource(DATASOURCE)
        .query('label_values(up{job="kafka"}, cluster)')
        .refresh(grafana.VariableRefresh.OnTimeRangeChanged)
        .sort(grafana.VariableSort.AlphabeticalAsc),
    )
    .link(
      new grafana.DashboardLinkBuilder("Kafka")
        .type(grafana.DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  for (const row of rows) addRow(builder, row);
  return `${JSON.stringify(builder.build(), undefined, 2)}\n`;
}

function addRow(builder: InstanceType<typeof ClassicDashboard>, { title, panels }: Row): void {
  builder.withRow(new grafana.RowBuilder(title));
  for (const panel of panels) builder.withPanel(renderPanel(panel));
}

const BUILDERS = {
  lines: () =>
    new timeseries.PanelBuilder()
      .fillOpacity(10)
      .legend(new VizLegendOptionsBuilder().showLegend(true)),
  number: () => new stat.PanelBuilder(),
  table: () => new table.PanelBuilder(),
} as const;

function renderPanel(panel: Panel): ReturnType<(typeof BUILDERS)[Panel["shape"]]> {
  const { title, description, shape, unit, queries, limits, columns } = panel;
  const small = shape === "number";
  const builder = BUILDERS[shape]()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .span(panel.span ?? (small ? 4 : 12))
    .height(small ? 4 : 8)
    .noValue("no data");
  for (const [index, { expr, legend }] of queries.entries()) {
    const query = new DataqueryBuilder()
      .datasource(DATASOURCE)
      .refId(String.fromCharCode(65 + index))
      .expr(expr)
      .legendFormat(legend);
    if (shape === "lines") builder.withTarget(query.range());
    else if (small) builder.withTarget(query.instant());
    else builder.withTarget(query.instant().format(PromQueryFormat.Table));
  }
  if (limits) builder.thresholds(thresholds(limits));
  if (columns) builder.withTransformation(onlyColumns(columns));
  return builder;
}

function thresholds({ warning, critical, lowIsBad = false }: Limits) {
  const steps = lowIsBad
    ? [step(null, "red"), step(critical, "orange"), step(warning, "green")]
    : [step(null, "green"), step(warning, "orange"), step(critical, "red")];
  return new grafana.ThresholdsConfigBuilder().mode(grafana.ThresholdsMode.Absolute).steps(steps);
}

const step = (value: number | null, color: string): grafana.Threshold => ({ value, color });

/** A table's labels become columns; those that nobody asked for are left out. */
function onlyColumns(columns: Readonly<Record<string, string>>): grafana.DataTransformerConfig {
  const names = [...Object.keys(columns), "Value"];
  return {
    id: "organize",
    options: {
      includeByName: Object.fromEntries(names.map((name) => [name, true])),
      indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
      renameByName: columns,
    },
  };
}
