import type { Catalogue } from "../catalogue/catalogue.ts";
import { dashboards } from "./dashboards.ts";
import { renderDashboard } from "./render-dashboard.ts";

/** The JSON of every dashboard, by its identity in Grafana. */
export const renderedDashboards = (catalogue: Catalogue): Readonly<Record<string, string>> =>
  Object.fromEntries(
    dashboards(catalogue).map((dashboard) => [dashboard.uid, renderDashboard(dashboard)]),
  );
