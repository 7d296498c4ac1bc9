/** Where Grafana finds what it is told at its start. */
const PROVISIONING = "/etc/grafana/provisioning";
const DASHBOARDS = "/etc/grafana/dashboards";
export const GRAFANA_PASSWORD_FILE = "/etc/grafana/secrets/admin-password";

/** Who logs in to Grafana. */
export const GRAFANA_USERNAME = "admin";
export const GRAFANA_PORT = 3000;

/** The datasource that dashboards name by this. */
const GRAFANA_DATASOURCE = { uid: "prometheus", name: "Prometheus" } as const;

/**
 * Grafana's files (written as JSON, which is YAML too): one datasource, and dashboards that nobody changes by
 * hand, because the next start would bring the old ones back.
 *
 * @param prometheus its address from Grafana's container
 * @param dashboards the JSON of each, by the name of its file
 */
export function grafanaFiles(
  prometheus: string,
  dashboards: Readonly<Record<string, string>>,
): { readonly file: string; readonly content: string }[] {
  const datasources = {
    apiVersion: 1,
    datasources: [
      {
        ...GRAFANA_DATASOURCE,
        type: "prometheus",
        access: "proxy",
        url: prometheus,
        isDefault: true,
        editable: false,
      },
    ],
  };
  const providers = {
    apiVersion: 1,
    providers: [
      {
        name: "kafka-platform",
        type: "file",
        folder: "Kafka",
        disableDeletion: true,
        allowUiUpdates: false,
        options: { path: DASHBOARDS },
      },
    ],
  };
  return [
    { file: `${PROVISIONING}/datasources/prometheus.yml`, content: text(datasources) },
    { file: `${PROVISIONING}/dashboards/kafka-platform.yml`, content: text(providers) },
    ...Object.entries(dashboards).map(([name, content]) => ({
      file: `${DASHBOARDS}/${name}.json`,
      content,
    })),
  ];
}

/** Settings in Grafana's environment: nothing of them is secret. */
export const GRAFANA_ENVIRONMENT = [
  `GF_SECURITY_ADMIN_USER=${GRAFANA_USERNAME}`,
  `GF_SECURITY_ADMIN_PASSWORD__FILE=${GRAFANA_PASSWORD_FILE}`,
  // Nothing leaves this machine, and nobody makes an account of their own.
  "GF_ANALYTICS_REPORTING_ENABLED=false",
  "GF_ANALYTICS_CHECK_FOR_UPDATES=false",
  "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES=false",
  "GF_USERS_ALLOW_SIGN_UP=false",
  "GF_AUTH_ANONYMOUS_ENABLED=false",
] as const;

const text = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
