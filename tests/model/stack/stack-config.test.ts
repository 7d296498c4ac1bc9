import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeFaults, SettingsError } from "../../../model/values/faults.ts";
import { stackConfigSchema } from "../../../model/stack/stack-config.ts";
import { stackFileSchema } from "../../../model/stack/stack-schema.ts";

const MINIMAL = { environment: "dev", protection: false, cluster: { kind: "docker" } };

const faultsOf = (input: unknown): string[] => {
  const parsed = stackConfigSchema.safeParse(input);
  return parsed.success ? [] : describeFaults(parsed.error, input, "kafka-platform:");
};

test("the least that a dev stack says is completed by every default", () => {
  expect(stackConfigSchema.parse(MINIMAL)).toEqual({
    environment: "dev",
    protection: false,
    cluster: {
      kind: "docker",
      name: "kafka-platform",
      clientPort: 9092,
      metricsPort: 9404,
      properties: {},
      memory: 1_073_741_824,
      baseImage: "apache/kafka:4.3.1",
    },
    ui: { enabled: true, port: 8080, image: "ghcr.io/kafbat/kafka-ui:v1.5.0" },
    observability: {
      prometheus: {
        enabled: true,
        port: 9090,
        image: "prom/prometheus:v3.5.0",
        retention: 1_296_000_000,
        storage: 10_737_418_240,
      },
      alertmanager: {
        enabled: true,
        port: 9093,
        image: "prom/alertmanager:v0.28.1",
        receiverRanges: [],
        receiverPorts: [443, 587],
      },
      grafana: { enabled: true, port: 3000, image: "grafana/grafana:12.1.1" },
      exporter: { enabled: true, port: 9308 },
      operator: { labels: {}, dashboardLabels: { grafana_dashboard: "1" } },
      runbooks: "docs/runbooks/",
    },
    clientQuotas: {},
    credentials: {},
    approvals: [],
    policy: { waivers: [] },
  });
});

test("every fault is told at once, each with key, value given and value wanted", () => {
  const input = {
    environment: "test",
    cluster: { kind: "docker", name: "A", clientPort: 80, memory: "100 MiB", memroy: 1 },
    ui: { enabled: "yes" },
    colour: "red",
  };
  expect(faultsOf(input)).toEqual([
    'kafka-platform:environment: given "test"; wanted dev, staging or prod',
    "kafka-platform:protection: missing; wanted true or false",
    'kafka-platform:cluster.name: given "A"; wanted 1 to 40 characters: lower-case letters, digits and hyphens, starting with a letter',
    "kafka-platform:cluster.clientPort: given 80; wanted a port from 1024 to 65535",
    'kafka-platform:cluster.memory: given "100 MiB"; wanted at least 512 MiB: the heap is half of it',
    'kafka-platform:cluster.memroy: unknown key; did you mean "memory"?',
    'kafka-platform:ui.enabled: given "yes"; wanted true or false',
    "kafka-platform:colour: unknown key; is it misspelt, or in the wrong place?",
  ]);
});

test.each([
  [undefined, "missing; wanted an object with kind"],
  [{ kind: "podman" }, 'kind "docker" or "kubernetes"'],
  [{ kind: "kubernetes", clientPort: 9092 }, "cluster.clientPort: unknown key"],
])("cluster %j is refused", (cluster, message) => {
  expect(faultsOf({ ...MINIMAL, cluster }).join("\n")).toContain(message);
});

test("memory is a whole number of MiB, because that is what Docker takes", () => {
  const cluster = { kind: "docker", memory: "524289 KiB" };
  expect(faultsOf({ ...MINIMAL, cluster })).toEqual([
    'kafka-platform:cluster.memory: given "524289 KiB"; wanted a whole number of MiB',
  ]);
});

test("one fault and several are counted in the headline", () => {
  expect(new SettingsError("It is not valid", ["a"]).message).toBe(
    "It is not valid: 1 fault\n  - a",
  );
  expect(new SettingsError("It is not valid", ["a", "b"]).message).toContain("2 faults");
});

test.each(["dev", "prod"])("Pulumi.%s.yaml names the JSON Schema at its head", (stack) => {
  const [head] = readFileSync(`Pulumi.${stack}.yaml`, "utf8").split("\n");
  expect(head).toBe("# yaml-language-server: $schema=./model/stack/stack-file.schema.json");
});

test("the JSON Schema knows the secret and refuses it as plain text", () => {
  expect(stackFileSchema()).toMatchObject({
    properties: {
      config: {
        required: ["environment", "protection", "cluster"].map((key) => `kafka-platform:${key}`),
        properties: { "kafka-platform:stackSecret": { type: "object", required: ["secure"] } },
        additionalProperties: false,
      },
    },
  });
});
