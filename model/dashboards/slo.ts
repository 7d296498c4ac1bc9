import type { Dashboard } from "./dashboard.ts";

/** What clients get, measured by records that the exporter writes and reads back. */
export const SLO: Dashboard = {
  uid: "kafka-slo",
  title: "Kafka SLO",
  description:
    "Availability and latency as a client sees them, by a record a second to each broker.",
  rows: [
    {
      title: "Availability",
      panels: [
        {
          title: "Availability, 30 days",
          description: "Share of the canary's records that were written and read back.",
          shape: "number",
          unit: "percentunit",
          span: 6,
          queries: [{ expr: available("30d"), legend: "30 days" }],
          limits: { warning: 0.9995, critical: 0.999, lowIsBad: true },
        },
        {
          title: "Availability, 1 hour",
          description: "The same over the last hour.",
          shape: "number",
          unit: "percentunit",
          span: 6,
          queries: [{ expr: available("1h"), legend: "1 hour" }],
          limits: { warning: 0.9995, critical: 0.999, lowIsBad: true },
        },
        {
          title: "Failed records, by broker",
          description: "Records of the canary that were refused, or did not come back in time.",
          shape: "lines",
          unit: "cps",
          queries: [
            {
              expr: 'sum by (broker) (rate(kafka_canary_failed_total{cluster="$cluster"}[$__rate_interval]))',
              legend: "broker {{broker}}",
            },
          ],
        },
      ],
    },
    {
      title: "Latency",
      panels: [
        {
          title: "From produce to consume",
          description: "Time until a record, acknowledged by all in-sync replicas, is read back.",
          shape: "lines",
          unit: "s",
          queries: ["0.5", "0.99"].map((quantile) => ({
            expr: `histogram_quantile(${quantile}, sum by (le) (rate(kafka_canary_latency_seconds_bucket{cluster="$cluster"}[$__rate_interval])))`,
            legend: `quantile ${quantile}`,
          })),
        },
        {
          title: "99th percentile, by broker",
          description: "One broker above the others: its disk, or the way to it, is slow.",
          shape: "lines",
          unit: "s",
          queries: [
            {
              expr: 'histogram_quantile(0.99, sum by (le, broker) (rate(kafka_canary_latency_seconds_bucket{cluster="$cluster"}[$__rate_interval])))',
              legend: "broker {{broker}}",
            },
          ],
        },
      ],
    },
  ],
};

function available(window: string): string {
  const increase = (metric: string) => `sum(increase(${metric}{cluster="$cluster"}[${window}]))`;
  return `1 - ${increase("kafka_canary_failed_total")} / ${increase("kafka_canary_sent_total")}`;
}
