/** The dev stack of the tests: the committed one, under another name and on other ports. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { Checkout } from "../support/project/checkout.ts";

export const NAME = "kafka-e2e";
export const PORTS = {
  ...{ client: 25092, metrics: 25404, ui: 25080, moved: 25192 },
  ...{ prometheus: 25090, alertmanager: 25093, grafana: 25300, exporter: 25308 },
};

/** Writes its stack file into a checkout, with what is given instead of what the committed one has. */
export function configure(checkout: Checkout, cluster: object = {}, ui: object = {}): void {
  const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: object };
  const own = {
    "kafka-platform:cluster": {
      ...{ kind: "docker", name: NAME },
      ...{ clientPort: PORTS.client, metricsPort: PORTS.metrics },
      ...cluster,
    },
    "kafka-platform:ui": { port: PORTS.ui, ...ui },
    "kafka-platform:observability": {
      prometheus: { port: PORTS.prometheus },
      alertmanager: { port: PORTS.alertmanager },
      grafana: { port: PORTS.grafana },
      exporter: { port: PORTS.exporter },
    },
  };
  const file = path.join(checkout.folder, "Pulumi.dev.yaml");
  writeFileSync(file, stringify({ config: { ...config, ...own } }));
}
