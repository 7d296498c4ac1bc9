/** A metric as Prometheus knows it: its name, how its values run, and the labels of its series. */
export interface Metric {
  readonly name: string;
  readonly type: "gauge" | "counter" | "histogram";
  /** Labels of its own; `cluster`, `job` and `instance` come from the scrape. */
  readonly labels: readonly string[];
  /** What a value means, with its unit. */
  readonly help: string;
}

export const gauge = (name: string, labels: readonly string[], help: string): Metric => ({
  name,
  type: "gauge",
  labels,
  help,
});

export const counter = (name: string, labels: readonly string[], help: string): Metric => ({
  name,
  type: "counter",
  labels,
  help,
});

export const histogram = (name: string, labels: readonly string[], help: string): Metric => ({
  name,
  type: "histogram",
  labels,
  help,
});
