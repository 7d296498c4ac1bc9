import { expect, test } from "vitest";
import { lacksExporterImage } from "../../../model/observability/observability-faults.ts";
import {
  observabilityKind,
  observerPorts,
  observersOf,
  runsExporter,
} from "../../../model/observability/observability-settings.ts";
import { readStackConfig } from "../../../model/stack/stack-config.ts";

const DOCKER = { kind: "docker" };
const KUBERNETES = {
  kind: "kubernetes",
  context: "c",
  storage: { class: "fast", size: "1 GiB" },
  access: { type: "none" },
};

function read(cluster: object, observability?: object) {
  const rest = observability === undefined ? {} : { observability };
  const { config, faults } = readStackConfig(
    { environment: "dev", protection: false, cluster, ...rest },
    "",
  );
  return { config, faults };
}

function configOf(cluster: object, observability?: object) {
  const { config, faults } = read(cluster, observability);
  if (!config) throw new Error(faults.join("\n"));
  return config;
}

test("a broker on Docker is watched unless somebody turns that off, one on Kubernetes only where asked", () => {
  expect(observabilityKind(configOf(DOCKER))).toBe("bundled");
  expect(observabilityKind(configOf(DOCKER, { enabled: false }))).toBe("none");
  expect(observabilityKind(configOf(KUBERNETES))).toBe("none");
  expect(observabilityKind(configOf(KUBERNETES, { kind: "bundled" }))).toBe("bundled");
});

test("each observer can be turned off by itself, and has no port then", () => {
  const config = configOf(DOCKER, { grafana: { enabled: false }, prometheus: { port: 19090 } });
  expect(observersOf(config)).toEqual(["prometheus", "alertmanager"]);
  expect(observerPorts(config)).toEqual([
    { port: 19090, purpose: "Prometheus", key: "observability.prometheus.port" },
    { port: 9093, purpose: "Alertmanager", key: "observability.alertmanager.port" },
  ]);
  expect(observersOf(configOf(DOCKER, { enabled: false }))).toEqual([]);
  expect(observerPorts(configOf(KUBERNETES, { kind: "bundled" }))).toEqual([]);
});

test("the word of the other kind of cluster is refused, and says which one is meant", () => {
  expect(read(DOCKER, { kind: "bundled" }).faults).toEqual([
    'observability.kind: given "bundled"; wanted nothing: it is for kubernetes; for docker `enabled` says whether',
  ]);
  expect(read(KUBERNETES, { enabled: true }).faults).toEqual([
    "observability.enabled: given true; wanted nothing: it is for docker; for kubernetes `kind` says who watches",
  ]);
});

test("an exporter runs on Kubernetes, too, where somebody watches and does not turn it off", () => {
  const exporter = { image: "exporter:1" };
  const runs = (observability: object) => runsExporter(configOf(KUBERNETES, observability));
  expect(runs({ kind: "bundled", exporter })).toBe(true);
  expect(runs({ kind: "bundled", exporter: { ...exporter, enabled: false } })).toBe(false);
  expect(runs({ kind: "none", exporter })).toBe(false);
  expect(runs({ exporter })).toBe(false);
});

test.each([
  [{ kind: "bundled" }, true],
  [{ kind: "bundled", exporter: {} }, true],
  [{ kind: "bundled", exporter: { image: "exporter:1" } }, false],
  [{ kind: "bundled", exporter: { enabled: false } }, false],
  [{ kind: "none" }, false],
  [{}, false],
  [undefined, false],
])("whether %j lacks the exporter's image is %s", (observability, lacks) => {
  expect(lacksExporterImage({ cluster: KUBERNETES, observability })).toBe(lacks);
  expect(lacksExporterImage({ cluster: DOCKER, observability })).toBe(false);
});

test.each([
  [{ kind: "all" }, 'observability.kind: given "all"; wanted "none", "bundled" or "operator"'],
  [{ prometheus: { retention: "soon" } }, "wanted a duration such as"],
  [{ prometheus: { retention: "1500ms" } }, "wanted a whole number of seconds"],
  [{ prometheus: { storage: "1 KiB" } }, "wanted a whole number of MiB"],
  [{ grafana: { colour: "red" } }, "observability.grafana.colour: unknown key"],
])("%j is refused with what is wanted", (observability, message) => {
  expect(read(KUBERNETES, observability).faults.join("\n")).toContain(message);
});

test("two listeners on this machine never have the same port", () => {
  expect(read(DOCKER, { prometheus: { port: 9092 } }).faults).toEqual([
    "observability.prometheus.port: given 9092; wanted a port other than 9092, which cluster.clientPort has",
  ]);
  expect(read(DOCKER, { alertmanager: { port: 9090 } }).faults).toEqual([
    "observability.alertmanager.port: given 9090; wanted a port other than 9090, which observability.prometheus.port has",
  ]);
});

test("what is turned off takes no port from others, nor does anything on Kubernetes", () => {
  expect(read(DOCKER, { enabled: false, prometheus: { port: 9092 } }).faults).toEqual([]);
  expect(read(DOCKER, { prometheus: { enabled: false, port: 9092 } }).faults).toEqual([]);
  expect(read(KUBERNETES, { alertmanager: { port: 9090 } }).faults).toEqual([]);
});
