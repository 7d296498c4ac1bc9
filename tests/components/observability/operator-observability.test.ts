import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import {
  OperatorObservability,
  type OperatorObservabilityArgs,
} from "../../../components/observability/kubernetes/operator-observability.ts";
import { ruleFile } from "../../../model/alerting/rule-file.ts";
import { observabilitySettings } from "../../../model/observability/observability-settings.ts";
import { INPUT } from "../../model/alerting/alerting-input.ts";
import { plainText } from "../../support/pulumi/program.ts";
import { ofType, record } from "../../support/pulumi/recorder.ts";

const RECEIVERS = {
  default: { critical: [{ email: { to: "kafka@example.org" } }] },
  owners: {
    finance: {
      critical: [
        { slack: { channel: "#finance", secret: "slack-finance" } },
        { webhook: { url: "https://pager.example.org/finance", secret: "pager" } },
      ],
    },
  },
  smtp: { host: "smtp.example.org:587", from: "alerts@example.org", username: "a", secret: "smtp" },
};

const start = (args: Partial<OperatorObservabilityArgs> = {}, given: object = {}) =>
  record(() => {
    const providers = [new kubernetes.Provider("kubernetes", {})];
    const { operator, receivers } = observabilitySettings.parse({ kind: "operator", ...given });
    new OperatorObservability(
      "observability",
      {
        ...{ name: "shop", namespace: "kafka", exporter: true },
        ...{ settings: { operator, receivers }, ...args },
      },
      { providers },
    );
  });

const objects = async (...args: Parameters<typeof start>) => {
  const recorded = await start(...args);
  const inputs = (type: string) =>
    Object.values(ofType(recorded, type)).map((one) => one.inputs as Record<string, object>);
  return {
    recorded,
    monitors: inputs("kubernetes:monitoring.coreos.com/v1:PodMonitor"),
    rules: inputs("kubernetes:monitoring.coreos.com/v1:PrometheusRule"),
    configs: inputs("kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig"),
    dashboards: inputs("kubernetes:core/v1:ConfigMap"),
    secrets: inputs("kubernetes:core/v1:Secret"),
  };
};

test("brokers and exporter are scraped by the jobs and labels that rules and dashboards ask for", async () => {
  const { monitors } = await objects({}, { operator: { labels: { release: "monitoring" } } });
  const of = (component: string) => ({
    metadata: {
      namespace: "kafka",
      labels: { release: "monitoring", "app.kubernetes.io/instance": "shop" },
    },
    spec: {
      selector: {
        matchLabels: {
          "app.kubernetes.io/instance": "shop",
          "app.kubernetes.io/component": component,
        },
      },
      namespaceSelector: { matchNames: ["kafka"] },
    },
  });
  expect(monitors).toMatchObject([of("broker"), of("exporter")]);
  const endpoints = monitors.map(
    ({ spec }) => (spec as { podMetricsEndpoints: unknown }).podMetricsEndpoints,
  );
  const always = (targetLabel: string, replacement: string) => ({ targetLabel, replacement });
  expect(endpoints).toEqual([
    [
      {
        ...{ port: "metrics", path: "/metrics", interval: "15s" },
        relabelings: [
          always("job", "kafka"),
          always("cluster", "shop"),
          {
            sourceLabels: ["__meta_kubernetes_pod_name"],
            ...{ regex: ".*-(\\d+)", targetLabel: "broker", replacement: "$1" },
          },
        ],
      },
    ],
    [
      {
        ...{ port: "http", path: "/metrics", interval: "15s" },
        relabelings: [always("job", "kafka-exporter"), always("cluster", "shop")],
      },
    ],
  ]);
  expect((await objects({ exporter: false })).monitors).toHaveLength(1);
});

test("every alert carries the namespace by which the operator routes it, and groups are told by the cluster", async () => {
  const rules = ruleFile({ ...INPUT, ownPrometheus: false });
  const { rules: made } = await objects({ rules });
  expect(made).toHaveLength(1);
  const { groups } = made[0]?.["spec"] as { groups: { name: string; rules: object[] }[] };
  expect(groups.map(({ name }) => name)).toEqual(
    rules.groups.map(({ name }) => `shop-alerts.${name}`),
  );
  const alerts = groups.flatMap((group) => group.rules).filter((rule) => "alert" in rule) as {
    alert: string;
    labels: Record<string, string>;
  }[];
  expect(alerts.length).toBeGreaterThan(40);
  for (const { alert, labels } of alerts) expect(labels["namespace"], alert).toBe("kafka");
});

test("who is told of alerts is told as by an Alertmanager of the stack's own, with secrets by reference", async () => {
  const receiverSecrets = pulumi.secret({ smtp: "hunter2", pager: "p", "slack-finance": "s" });
  const { recorded, configs, secrets } = await objects(
    { receiverSecrets },
    { receivers: RECEIVERS },
  );
  const key = (name: string) => ({ name: "shop-receivers", key: name });
  expect(configs).toHaveLength(1);
  expect(configs[0]?.["spec"]).toMatchObject({
    route: {
      receiver: "everybody/warning",
      groupBy: ["cluster", "owner", "alertname"],
      routes: [
        {
          receiver: "nobody",
          matchers: [{ name: "alertname", value: "Watchdog", matchType: "=" }],
        },
        { receiver: "nobody" },
        {
          receiver: "owner/finance/critical",
          groupWait: "10s",
          matchers: [
            { name: "owner", value: "finance", matchType: "=" },
            { name: "severity", value: "critical", matchType: "=" },
          ],
        },
        { receiver: "everybody/critical" },
      ],
    },
    receivers: [
      { name: "nobody" },
      {
        name: "everybody/critical",
        emailConfigs: [
          {
            ...{ to: "kafka@example.org", smarthost: "smtp.example.org:587" },
            ...{ from: "alerts@example.org", authUsername: "a", authPassword: key("smtp") },
          },
        ],
      },
      { name: "everybody/warning" },
      {
        name: "owner/finance/critical",
        webhookConfigs: [
          {
            url: "https://pager.example.org/finance",
            httpConfig: { authorization: { type: "Bearer", credentials: key("pager") } },
          },
        ],
        slackConfigs: [{ channel: "#finance", apiURL: key("slack-finance") }],
      },
    ],
  });
  expect(secrets).toMatchObject([
    { metadata: { name: "shop-receivers" }, data: { smtp: "aHVudGVyMg==" } },
  ]);
  expect(plainText(recorded)).not.toMatch(/hunter2|aHVudGVyMg/);
});

test("without receivers nobody is told, and there is no Secret", async () => {
  const { configs, secrets, dashboards, rules } = await objects();
  expect({ configs, secrets, dashboards, rules }).toEqual({
    ...{ configs: [], secrets: [], dashboards: [], rules: [] },
  });
});

test("a dashboard is a ConfigMap that Grafana finds by its label, whatever its owner is called", async () => {
  const { dashboards } = await objects({
    dashboards: { "kafka-of-Data_Team": '{"a":1}', "kafka-overview": "{}" },
  });
  const labels = { grafana_dashboard: "1", "app.kubernetes.io/component": "dashboards" };
  expect(dashboards).toMatchObject([
    {
      metadata: {
        name: expect.stringMatching(/^shop-dashboard-kafka-of-data-team-[0-9a-f]{8}$/) as string,
        labels,
      },
      data: { "kafka-of-Data_Team.json": '{"a":1}' },
    },
    {
      metadata: { name: "shop-dashboard-kafka-overview", labels },
      data: { "kafka-overview.json": "{}" },
    },
  ]);
});
