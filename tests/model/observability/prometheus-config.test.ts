import { expect, test } from "vitest";
import {
  ALERTMANAGER_ARGUMENTS,
  prometheusArguments,
} from "../../../model/observability/monitoring-programs.ts";
import { renderPrometheusConfig } from "../../../model/observability/prometheus-config.ts";

const configOf = (args: Parameters<typeof renderPrometheusConfig>[0]) =>
  JSON.parse(renderPrometheusConfig(args)) as {
    readonly scrape_configs: readonly {
      readonly job_name: string;
      readonly static_configs: readonly { readonly labels: Record<string, string> }[];
    }[];
  };

test("each broker is a target with its id, and every target has the name of the cluster", () => {
  const config = configOf({
    cluster: "shop",
    brokers: [
      { id: 0, target: "kafka-0:9404" },
      { id: 1, target: "kafka-1:9404" },
    ],
    exporter: "exporter:9308",
    alertmanager: "alertmanager:9093",
    ruleFiles: ["/etc/prometheus/rules.yml"],
  });
  const single = (name: string, target: string) => ({
    job_name: name,
    static_configs: [{ targets: [target], labels: { cluster: "shop" } }],
  });
  expect(config).toEqual({
    global: {
      scrape_interval: "15s",
      evaluation_interval: "15s",
      external_labels: { cluster: "shop" },
    },
    rule_files: ["/etc/prometheus/rules.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] },
    scrape_configs: [
      {
        job_name: "kafka",
        sample_limit: 2000,
        static_configs: [
          { targets: ["kafka-0:9404"], labels: { cluster: "shop", broker: "0" } },
          { targets: ["kafka-1:9404"], labels: { cluster: "shop", broker: "1" } },
        ],
      },
      single("kafka-exporter", "exporter:9308"),
      single("prometheus", "127.0.0.1:9090"),
      single("alertmanager", "alertmanager:9093"),
    ],
  });
});

test("what is not there is neither scraped nor told of alerts", () => {
  const config = configOf({ cluster: "shop", brokers: [{ id: 1, target: "broker:9404" }] });
  expect(config.scrape_configs.map(({ job_name }) => job_name)).toEqual(["kafka", "prometheus"]);
  expect(config).not.toHaveProperty("alerting");
});

test("Prometheus is told in whole seconds and bytes how much to keep, and where to listen", () => {
  expect(prometheusArguments({ retention: 90_000, bytes: 1_073_741_824 })).toEqual([
    "--config.file=/etc/prometheus/prometheus.yml",
    "--storage.tsdb.path=/prometheus",
    "--storage.tsdb.retention.time=90s",
    "--storage.tsdb.retention.size=1073741824B",
    "--query.lookback-delta=2m",
    "--web.listen-address=0.0.0.0:9090",
  ]);
  expect(prometheusArguments({ retention: 1000 }).join(" ")).not.toContain("retention.size");
});

test("Alertmanager looks for no others of its kind", () => {
  expect(ALERTMANAGER_ARGUMENTS).toContain("--cluster.listen-address=");
});
