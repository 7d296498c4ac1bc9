import { BROKER, EXPORTER } from "../observability/metric-names.ts";

const OF_EXPORTER = Object.values(EXPORTER).map(({ name }) => name);
const OF_BROKERS = Object.values(BROKER).map(({ name }) => name);
/** Of Prometheus and Alertmanager themselves. */
const OF_PROMETHEUS = /\b(prometheus|alertmanager)_\w+/;
const OF_EVERY_TARGET = /\b(up|vector)\b/;

/**
 * Whether an expression sees nothing where there is no exporter: an alert that can never fire is no alert.
 * What is recorded of the canary is the exporter's, too.
 */
export function seesOnlyTheExporter(expr: string): boolean {
  const reads = (names: readonly string[]) =>
    names.some((name) => new RegExp(String.raw`\b${name}(_bucket|_count|_sum)?\b`).test(expr));
  const others = reads(OF_BROKERS) || seesThePrometheus(expr) || OF_EVERY_TARGET.test(expr);
  return !others && (reads(OF_EXPORTER) || expr.includes("canary:"));
}

/** Whether an expression is about Prometheus or Alertmanager themselves. */
export const seesThePrometheus = (expr: string): boolean => OF_PROMETHEUS.test(expr);
