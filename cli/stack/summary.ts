import type { PlatformOutputs } from "./stack-outputs.ts";

/** What `npm start` ends with: where everything is, and what to do next. */
export function platformSummary(stack: string, outputs: PlatformOutputs, took: string): string {
  const { bootstrapServers, tlsEnabled, metrics, ui, observability, accounts } = outputs;
  const protocol = tlsEnabled ? "SASL_SSL" : "SASL_PLAINTEXT";
  const names = Object.values(accounts).map(({ username }) => username);
  const rows: [string, string][] = [
    ["Kafka", `${bootstrapServers}   (${protocol}, SCRAM-SHA-512)`],
    ["Kafka UI", withLogin(ui)],
    ["Metrics", metrics.url],
    ...observerRows(observability),
    ["Accounts", names.length > 0 ? names.join(", ") : "none"],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    "",
    `Kafka is up: stack ${stack}, ${took}.`,
    "",
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`),
    "",
    `Passwords:  npm run --silent outputs -- --stack ${stack} --show-secrets`,
    `Stop:       npm run destroy -- --stack ${stack}`,
  ].join("\n");
}

const withLogin = (page: PlatformOutputs["ui"]): string =>
  page ? `${page.url}   (log in as ${page.username})` : "not running";

/** Where what watches the broker is looked at; nothing where the stack has none of its own. */
function observerRows(watching: PlatformOutputs["observability"]): [string, string][] {
  if (!watching) return [];
  const { prometheusUrl, alertmanagerUrl, grafana, exporter } = watching;
  return [
    ["Prometheus", prometheusUrl ?? "not running"],
    ["Alertmanager", alertmanagerUrl ?? "not running"],
    ["Grafana", withLogin(grafana)],
    ["Status page", withLogin(exporter)],
  ];
}
