import { receiversSchema } from "../alerting/receivers.ts";
import { z } from "zod";
import { ALERTMANAGER_IMAGE, GRAFANA_IMAGE, PROMETHEUS_IMAGE } from "./observability-images.ts";
import { EXPORTER_PORT } from "./exporter-access.ts";
import { MIB, MILLISECONDS } from "../values/units.ts";
import { addressRange } from "../values/network-address.ts";
import { duration, imageReference, port, size } from "../values/values.ts";

/** What watches the brokers, as a stack file says it under `observability`. */

const flag = z.boolean({ error: "true or false" });
const RUNBOOKS = 'an address or folder that ends in "/"';
const KIND = '"none", "bundled" or "operator"';
const PORT = "a port, a whole number from 1 to 65535";
const WHOLE_SECONDS = "a whole number of seconds, such as 15d";

const prometheus = z
  .strictObject({
    enabled: flag.default(true).describe("Whether it runs; on Docker."),
    port: port.default(9090).describe("Its port on loopback; on Docker."),
    image: imageReference.default(PROMETHEUS_IMAGE),
    retention: duration
      .refine((ms) => ms % MILLISECONDS.s === 0, { error: WHOLE_SECONDS })
      .prefault("15d")
      .describe("How long it keeps figures."),
    storage: size
      .refine((bytes) => bytes % MIB === 0, { error: "a whole number of MiB" })
      .prefault("10 GiB")
      .describe("Size of its volume; on Kubernetes. The oldest figures go before it is full."),
  })
  .prefault({})
  .describe("Prometheus: scrapes, and evaluates the alerts.");

const alertmanager = z
  .strictObject({
    enabled: flag.default(true).describe("Whether it runs; on Docker."),
    port: port.default(9093).describe("Its port on loopback; on Docker."),
    image: imageReference.default(ALERTMANAGER_IMAGE),
    receiverRanges: z
      .array(addressRange)
      .default([])
      .describe("Addresses of what it tells of alerts; on Kubernetes, where it reaches no others."),
    receiverPorts: z
      .array(z.int({ error: PORT }).min(1, { error: PORT }).max(65_535, { error: PORT }), {
        error: "a list of ports",
      })
      .default([443, 587])
      .describe("Ports of them: those of HTTPS and of handing in mail."),
  })
  .prefault({})
  .describe("Alertmanager: groups alerts, and sends them to their owners.");

const grafana = z
  .strictObject({
    enabled: flag.default(true).describe("Whether it runs; on Docker."),
    port: port.default(3000).describe("Its port on loopback; on Docker."),
    image: imageReference.default(GRAFANA_IMAGE),
  })
  .prefault({})
  .describe("Grafana: shows the dashboards.");

const exporter = z
  .strictObject({
    enabled: flag.default(true).describe("Whether it runs."),
    port: port.default(EXPORTER_PORT).describe("Its port on loopback; on Docker."),
    image: imageReference
      .optional()
      .describe(
        "Its image: on Docker `npm start` makes it, on Kubernetes `npm run image -- --push` writes it, by digest.",
      ),
  })
  .prefault({})
  .describe("The exporter: consumer lag, health of topics, and the canary.");

const labels = (meaning: string) =>
  z.record(z.string().min(1), z.string(), { error: "labels: texts by name" }).describe(meaning);

const operator = z
  .strictObject({
    labels: labels(
      "Labels by which its Prometheus and Alertmanager find what the stack tells them.",
    ).default({}),
    dashboardLabels: labels("Labels by which Grafana finds the dashboards.").default({
      grafana_dashboard: "1",
    }),
  })
  .prefault({})
  .describe("The Prometheus operator, with `kind: operator`.");

export const observabilitySettings = z
  .strictObject({
    enabled: flag
      .optional()
      .describe("Whether the brokers are watched; for docker only. Default: true."),
    kind: z
      .enum(["none", "bundled", "operator"], { error: KIND })
      .optional()
      .describe(
        "Who watches the brokers, for kubernetes only: nobody of the stack (the default); a Prometheus, an " +
          "Alertmanager and an exporter of its own; or the exporter, for a Prometheus operator that the cluster has.",
      ),
    prometheus,
    alertmanager,
    grafana,
    exporter,
    operator,
    receivers: receiversSchema.optional(),
    runbooks: z
      .string({ error: RUNBOOKS })
      .regex(/\/$/, { error: RUNBOOKS })
      .default("docs/runbooks/")
      .describe(
        "Where the runbooks that alerts name are: an address, or the folder of the repository.",
      ),
  })
  .prefault({})
  .describe("Prometheus, Alertmanager, Grafana and the exporter.");

export type ObservabilitySettings = z.output<typeof observabilitySettings>;

/** Who watches the brokers of a stack. */
export type ObservabilityKind = "none" | "bundled" | "operator";

/** On a laptop it is on unless somebody turns it off; a cluster mostly has a monitoring of its own. */
export const observabilityKind = (config: {
  readonly cluster: { readonly kind: "docker" | "kubernetes" };
  readonly observability: Pick<ObservabilitySettings, "enabled" | "kind">;
}): ObservabilityKind => {
  const { cluster, observability } = config;
  if (cluster.kind === "kubernetes") return observability.kind ?? "none";
  return observability.enabled === false ? "none" : "bundled";
};

/** What a stack on Docker starts of its own, by the key that turns it on, in the words of its publishers. */
export const OBSERVERS = {
  prometheus: "Prometheus",
  alertmanager: "Alertmanager",
  grafana: "Grafana",
} as const;

export type Observer = keyof typeof OBSERVERS;

type Watched = Parameters<typeof observabilityKind>[0] & {
  readonly observability: ObservabilitySettings;
};

/** What is turned on; nothing where somebody else watches. */
export const observersOf = (config: Watched): Observer[] =>
  observabilityKind(config) === "none"
    ? []
    : (Object.keys(OBSERVERS) as Observer[]).filter((one) => config.observability[one].enabled);

/** Whether a stack has an exporter: it needs an account and a topic of its own then. */
export const runsExporter = (config: Watched): boolean => {
  const { enabled, image } = config.observability.exporter;
  return observabilityKind(config) !== "none" && enabled && image !== undefined;
};

/** Ports on 127.0.0.1 of all that is turned on, of the exporter too. */
export function observerPorts(config: Watched) {
  if (config.cluster.kind !== "docker") return [];
  const named = Object.entries({ ...OBSERVERS, exporter: "the exporter" });
  const started: readonly string[] = [
    ...observersOf(config),
    ...(runsExporter(config) ? ["exporter"] : []),
  ];
  return named
    .filter(([key]) => started.includes(key))
    .map(([key, purpose]) => ({
      port: config.observability[key as Observer | "exporter"].port,
      purpose,
      key: `observability.${key}.port`,
    }));
}
