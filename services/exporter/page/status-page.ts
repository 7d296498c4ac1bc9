import type { IncomingMessage, ServerResponse } from "node:http";
import type { ClusterState } from "../../../operations/look/cluster-state.ts";
import type { ExporterConfig } from "../../../model/observability/exporter-config.ts";
import { clusterViewOf } from "../../../operations/look/cluster-view-of.ts";
import { FiringAlerts } from "./firing-alerts.ts";
import { PAGE_HEADERS } from "./headers.ts";
import { isLoggedIn } from "./login.ts";
import { statusPage } from "./page.ts";

export interface StatusPageArgs {
  readonly config: ExporterConfig;
  readonly state: () => ClusterState;
  /** Who may see it. */
  readonly login: { readonly username: string; readonly password: string };
}

/** Answers `/` with the state of the cluster, to whoever may see it. */
export function statusPages({ config, state, login }: StatusPageArgs) {
  const alerts = new FiringAlerts(config.alertmanagerUrl);
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://exporter");
    if (pathname !== "/") return false;
    if (!isLoggedIn(request.headers.authorization, login)) {
      response
        .writeHead(401, { "www-authenticate": 'Basic realm="kafka-platform", charset="UTF-8"' })
        .end("a user name and a password are needed\n");
      return true;
    }
    void alerts.now().then((firing) => {
      const view = clusterViewOf(state(), config, firing, Date.now());
      response.writeHead(200, PAGE_HEADERS).end(statusPage(view, searchParams.get("q") ?? ""));
    });
    return true;
  };
}
