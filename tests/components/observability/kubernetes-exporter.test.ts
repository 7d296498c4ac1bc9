import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { bundledObservability } from "../../../components/observability/kubernetes/bundled-observability.ts";
import {
  type ExporterConfigFile,
  exporterConfigSchema,
} from "../../../model/observability/exporter-config.ts";
import { observabilitySettings } from "../../../model/observability/observability-settings.ts";
import { plainText } from "../../support/pulumi/program.ts";
import { ofType, record, type Recorded } from "../../support/pulumi/recorder.ts";
import { STACK_SECRET } from "../../support/pulumi/stack-file.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const IMAGE = `registry.example/exporter@sha256:${"cd".repeat(32)}`;
const labels = (component: string, name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/instance": "shop",
  "app.kubernetes.io/component": component,
});
const EXPORTER = labels("exporter", "kafka-exporter");
const pods = (component: string, name = component) => ({
  podSelector: { matchLabels: labels(component, name) },
});
const tcp = (port: number) => [{ protocol: "TCP", port }];
const DNS = {
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

const declared = { topics: [{ name: "orders", owner: "shop", minInsyncReplicas: 2 }] };

interface Given {
  readonly declared?: ExporterConfigFile["declared"];
  readonly password?: string;
  readonly caCertificate?: string;
  readonly exporter?: false;
}

function start(given: Given = {}) {
  const account = {
    username: "kafka-exporter",
    mechanism: "SCRAM-SHA-512",
    password: pulumi.secret(given.password ?? "hunter2"),
  } as const;
  const told = { account, declared: given.declared ?? declared };
  return record(() => {
    bundledObservability(
      {
        ...{ name: "shop", namespace: "kafka", brokers: 3, storage: { class: "fast" } },
        settings: observabilitySettings.parse({ kind: "bundled", exporter: { image: IMAGE } }),
        bootstrapServers: ["shop-bootstrap.kafka.svc.cluster.local:9092"],
        caCertificate: given.caCertificate ?? "PEM",
        stackSecret: pulumi.secret(STACK_SECRET),
        ...(given.exporter !== false && { exporter: told }),
      },
      { providers: [new kubernetes.Provider("kubernetes", {})] },
    );
  });
}

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly Readonly<Record<string, unknown>>[];
        readonly volumes: unknown;
      };
    };
  };
}

const deploymentOf = (recorded: readonly Recorded[]) =>
  ofType(recorded, DEPLOYMENT)["exporter"]?.inputs as unknown as Deployment;

const specOf = (recorded: readonly Recorded[], type: string, name: string) =>
  ofType(recorded, type)[name]?.inputs["spec"];

test("the exporter is one restricted pod, replaced as a whole and ended in time", async () => {
  const { spec } = deploymentOf(await start());
  expect(spec).toMatchObject({
    replicas: 1,
    strategy: { type: "Recreate" },
    selector: { matchLabels: EXPORTER },
    template: {
      metadata: { labels: EXPORTER },
      spec: {
        serviceAccountName: "shop-exporter",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 15,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
    },
  });
  const [container, ...others] = spec.template.spec.containers;
  expect(others).toEqual([]);
  expect(container).toMatchObject({
    image: IMAGE,
    args: ["/etc/kafka-platform/exporter.json"],
    ports: [{ name: "http", containerPort: 9308, protocol: "TCP" }],
    resources: {
      requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "16Mi" },
      limits: { memory: "256Mi", "ephemeral-storage": "64Mi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "config", mountPath: "/etc/kafka-platform", readOnly: true }],
  });
  expect(container).not.toHaveProperty("env");
});

test("it is restarted where its process says nothing, and never because a broker is away", async () => {
  const [container] = deploymentOf(await start()).spec.template.spec.containers;
  expect(container).toMatchObject({
    startupProbe: { httpGet: { path: "/healthz", port: "http" } },
    livenessProbe: { httpGet: { path: "/healthz", port: "http" }, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  });
});

test("it is told what it takes in a file, over TLS, and its passwords are files that its group reads", async () => {
  const recorded = await start();
  const map = ofType(recorded, "kubernetes:core/v1:ConfigMap")["exporter-config"];
  const data = map?.inputs["data"] as Record<string, string>;
  const written: unknown = JSON.parse(data["exporter.json"] ?? "");
  expect(written).toEqual({
    cluster: "shop",
    bootstrapServers: ["shop-bootstrap.kafka.svc.cluster.local:9092"],
    login: {
      username: "kafka-exporter",
      mechanism: "SCRAM-SHA-512",
      passwordFile: "/etc/kafka-platform/secrets/exporter-password",
    },
    caFile: "/etc/kafka-platform/secrets/ca.crt",
    canary: { topic: "kafka-platform.canary" },
    page: { username: "admin", passwordFile: "/etc/kafka-platform/secrets/page-password" },
    alertmanagerUrl: "http://shop-alertmanager.kafka.svc.cluster.local:9093",
    declared,
  });
  expect(exporterConfigSchema.safeParse(written).success).toBe(true);
  const secret = ofType(recorded, "kubernetes:core/v1:Secret")["exporter-secrets"];
  expect(secret?.secrets).toEqual(["data"]);
  const file = (name: string) =>
    Buffer.from(
      (secret?.inputs["data"] as Record<string, string>)[name] ?? "",
      "base64",
    ).toString();
  expect(file("exporter-password")).toBe("hunter2");
  expect(file("ca.crt")).toBe("PEM");
  expect(file("page-password")).toMatch(/^[A-Za-z0-9]{32}$/);
  const item = (key: string) => ({ key, path: `secrets/${key}` });
  expect(deploymentOf(recorded).spec.template.spec.volumes).toEqual([
    {
      name: "config",
      projected: {
        defaultMode: 0o440,
        sources: [
          { configMap: { name: "shop-exporter" } },
          {
            secret: {
              name: "shop-exporter",
              items: [item("exporter-password"), item("page-password"), item("ca.crt")],
            },
          },
        ],
      },
    },
  ]);
  const text = plainText(recorded);
  for (const hidden of ["hunter2", file("page-password"), STACK_SECRET]) {
    expect(text).not.toContain(hidden);
    expect(text).not.toContain(Buffer.from(hidden).toString("base64").slice(0, 8));
  }
});

test("another declaration, another password or another authority restarts it", async () => {
  const hash = async (given: Given) => {
    const { metadata } = deploymentOf(await start(given)).spec.template;
    return metadata.annotations["checksum/config"];
  };
  const first = await hash({});
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash({})).toBe(first);
  expect(await hash({ declared: {} })).not.toBe(first);
  expect(await hash({ password: "rotated" })).not.toBe(first);
  expect(await hash({ caCertificate: "PEM PEM" })).not.toBe(first);
});

test("Prometheus alone reaches it, and it reaches the brokers as a client, Alertmanager, and nobody else", async () => {
  const recorded = await start();
  expect(specOf(recorded, POLICY, "exporter-policy")).toEqual({
    ...pods("exporter", "kafka-exporter"),
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [pods("prometheus")], ports: tcp(9308) }],
    egress: [
      { to: [pods("broker", "kafka")], ports: tcp(9092) },
      { to: [pods("alertmanager")], ports: tcp(9093) },
      expect.objectContaining(DNS),
    ],
  });
  expect(specOf(recorded, POLICY, "prometheus-policy")).toMatchObject({
    egress: [
      { to: [pods("broker", "kafka")], ports: tcp(9404) },
      { to: [pods("exporter", "kafka-exporter")], ports: tcp(9308) },
      { to: [pods("alertmanager")], ports: tcp(9093) },
      DNS,
    ],
  });
  expect(specOf(recorded, POLICY, "alertmanager-policy")).toMatchObject({
    ingress: [{ from: [pods("prometheus"), pods("exporter", "kafka-exporter")], ports: tcp(9093) }],
  });
});

test("Prometheus finds it by a name that stays while it does not see the cluster", async () => {
  const recorded = await start();
  expect(ofType(recorded, "kubernetes:core/v1:Service")["exporter-service"]?.inputs).toMatchObject({
    metadata: { name: "shop-exporter", namespace: "kafka" },
    spec: {
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: EXPORTER,
      ports: [{ name: "http", port: 9308, targetPort: "http", protocol: "TCP" }],
    },
  });
  const map = ofType(recorded, "kubernetes:core/v1:ConfigMap")["prometheus-config"];
  const data = map?.inputs["data"] as Record<string, string>;
  expect(JSON.parse(data["prometheus.yml"] ?? "")).toMatchObject({
    scrape_configs: [
      { job_name: "kafka" },
      {
        job_name: "kafka-exporter",
        static_configs: [
          {
            targets: ["shop-exporter.kafka.svc.cluster.local:9308"],
            labels: { cluster: "shop" },
          },
        ],
      },
      { job_name: "prometheus" },
      { job_name: "alertmanager" },
    ],
  });
});

test("where there is none, nothing of it is made, and nobody is let in or out for it", async () => {
  const recorded = await start({ exporter: false });
  expect(recorded.filter(({ name }) => name.startsWith("exporter"))).toEqual([]);
  const policies = Object.values(ofType(recorded, POLICY)).map(({ inputs }) => inputs);
  expect(JSON.stringify(policies)).not.toContain("exporter");
  const map = ofType(recorded, "kubernetes:core/v1:ConfigMap")["prometheus-config"];
  expect(JSON.stringify(map?.inputs["data"])).not.toContain("exporter");
});
