/** What watches the platform, pinned; last looked at 2026-11. Any of 2.42 or later, and 3.x, takes our flags. */
export const PROMETHEUS_IMAGE = "prom/prometheus:v3.5.0";
export const ALERTMANAGER_IMAGE = "prom/alertmanager:v0.28.1";
export const GRAFANA_IMAGE = "grafana/grafana:12.1.1";

/** Images of the same layout, which this machine makes where the others are out of reach. */
export const LOCAL_PROMETHEUS_IMAGE = "kafka-platform/prometheus:local";
export const LOCAL_ALERTMANAGER_IMAGE = "kafka-platform/alertmanager:local";

/** User of both programs, in their own images and in ours: nobody. */
export const MONITORING_USER = 65_534;
