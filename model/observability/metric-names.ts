/** Every metric that rules, dashboards and the status page may use, by where it comes from. */
export { BROKER } from "./broker-metrics.ts";
export { EXPORTER } from "./exporter-metrics.ts";
