import * as pulumi from "@pulumi/pulumi";
import * as kubernetes from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import type { ObservabilityContent } from "../../../components/observability/observability-access.ts";
import { bundledObservability } from "../../../components/observability/kubernetes/bundled-observability.ts";
import type { RuleFile } from "../../../model/alerting/rule-file.ts";
import { brokerPolicy } from "../../../components/kubernetes/manifests/network-policies.ts";
import { observabilitySettings } from "../../../model/observability/observability-settings.ts";
import { plainText } from "../../support/pulumi/program.ts";
import { ofType, optionsOf, record, type Recorded } from "../../support/pulumi/recorder.ts";

const SET = "kubernetes:apps/v1:StatefulSet";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const labels = (component: string) => ({
  "app.kubernetes.io/name": component,
  "app.kubernetes.io/instance": "shop",
  "app.kubernetes.io/component": component,
});
const pods = (component: string, name = component) => ({
  podSelector: { matchLabels: { ...labels(component), "app.kubernetes.io/name": name } },
});
const tcp = (port: number) => [{ protocol: "TCP", port }];

const start = (content: Partial<ObservabilityContent> = {}, settings: object = {}) =>
  record(() => {
    const providers = [new kubernetes.Provider("kubernetes", {})];
    bundledObservability(
      {
        ...{ name: "shop", namespace: "kafka", brokers: 3, storage: { class: "fast" } },
        ...{ bootstrapServers: ["shop-bootstrap:9094"], caCertificate: "PEM" },
        stackSecret: pulumi.secret("0123456789abcdef0123456789abcdef"),
        settings: observabilitySettings.parse({ kind: "bundled", ...settings }),
        ...content,
      },
      { providers },
    );
  });

interface Set {
  readonly spec: {
    readonly volumeClaimTemplates: unknown;
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: {
        readonly securityContext: unknown;
        readonly automountServiceAccountToken: unknown;
        readonly containers: readonly Readonly<Record<string, unknown>>[];
        readonly volumes: unknown;
      };
    };
  };
}

const setOf = (recorded: readonly Recorded[], name: string) =>
  ofType(recorded, SET)[name]?.inputs as unknown as Set;

test("Prometheus is one restricted pod on a volume of the brokers' class, with no token of the API", async () => {
  const recorded = await start();
  const { spec } = setOf(recorded, "prometheus");
  const pod = spec.template.spec;
  expect(spec).toMatchObject({
    replicas: 1,
    serviceName: "shop-prometheus",
    selector: { matchLabels: labels("prometheus") },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "fast",
          resources: { requests: { storage: "10Gi" } },
        },
      },
    ],
  });
  expect(pod.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: 65534,
    runAsGroup: 65534,
    fsGroup: 65534,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.volumes).toEqual([{ name: "config", configMap: { name: "shop-prometheus" } }]);
  const [container] = pod.containers;
  expect(container).toMatchObject({
    image: "prom/prometheus:v3.5.0",
    args: [
      "--config.file=/etc/prometheus/prometheus.yml",
      "--storage.tsdb.path=/prometheus",
      "--storage.tsdb.retention.time=1296000s",
      `--storage.tsdb.retention.size=${String(8 * 2 ** 30)}B`,
      "--query.lookback-delta=2m",
      "--web.listen-address=0.0.0.0:9090",
    ],
    ports: [{ name: "http", containerPort: 9090, protocol: "TCP" }],
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: { httpGet: { path: "/-/ready", port: "http" } },
    livenessProbe: { httpGet: { path: "/-/healthy", port: "http" } },
    volumeMounts: [
      { name: "config", mountPath: "/etc/prometheus", readOnly: true },
      { name: "data", mountPath: "/prometheus" },
    ],
  });
  expect(container).not.toHaveProperty("env");
});

test("Prometheus is told every broker by its name, Alertmanager, and the rules", async () => {
  const recorded = await start({ rules: { groups: [] } });
  const map = ofType(recorded, "kubernetes:core/v1:ConfigMap")["prometheus-config"];
  const data = map?.inputs["data"] as Record<string, string>;
  expect(Object.keys(data)).toEqual(["prometheus.yml", "rules.yml"]);
  expect(data["rules.yml"]).toBe("groups: []\n");
  const targets = [0, 1, 2].map((node) => ({
    targets: [`shop-${String(node)}.shop-headless.kafka.svc.cluster.local:9404`],
    labels: { cluster: "shop", broker: String(node) },
  }));
  expect(JSON.parse(data["prometheus.yml"] ?? "")).toMatchObject({
    rule_files: ["/etc/prometheus/rules.yml"],
    alerting: {
      alertmanagers: [
        { static_configs: [{ targets: ["shop-alertmanager.kafka.svc.cluster.local:9093"] }] },
      ],
    },
    scrape_configs: [
      { job_name: "kafka", static_configs: targets },
      { job_name: "prometheus" },
      { job_name: "alertmanager" },
    ],
  });
});

test("another rule, or another receiver, restarts who reads it, and nobody else", async () => {
  const hashes = async (groups: RuleFile["groups"], receivers?: object) => {
    const recorded = await start({ rules: { groups } }, { receivers });
    return ["prometheus", "alertmanager"].map(
      (name) => setOf(recorded, name).spec.template.metadata.annotations["checksum/config"],
    );
  };
  const [rules, receivers] = await hashes([]);
  expect(rules).toMatch(/^[0-9a-f]{64}$/);
  const otherRules = await hashes([{ name: "other", rules: [] }]);
  expect(otherRules).toEqual([expect.not.stringMatching(rules ?? ""), receivers]);
  const otherReceivers = await hashes([], {
    default: { critical: [{ webhook: { url: "https://pager.example.org" } }] },
  });
  expect(otherReceivers).toEqual([rules, expect.not.stringMatching(receivers ?? "")]);
});

test("what Alertmanager reads is a Secret that its group reads, and stands nowhere in the open", async () => {
  const receiverSecrets = pulumi.secret({ pager: "hunter2" });
  const recorded = await start({ receiverSecrets });
  const secret = ofType(recorded, "kubernetes:core/v1:Secret")["alertmanager-config"];
  expect(secret?.secrets).toEqual(["data"]);
  const data = secret?.inputs["data"] as Record<string, string>;
  const file = (name: string) => Buffer.from(data[name] ?? "", "base64").toString();
  expect(file("alertmanager.yml")).toMatch(/^route:\n/);
  expect(file("pager")).toBe("hunter2");
  expect(setOf(recorded, "alertmanager").spec.template.spec.volumes).toEqual([
    { name: "config", secret: { secretName: "shop-alertmanager", defaultMode: 0o440 } },
  ]);
  const text = plainText(recorded);
  expect(text).not.toContain("hunter2");
  expect(text).not.toContain(Buffer.from("hunter2").toString("base64").slice(0, 8));
});

test("Prometheus reaches the brokers' metrics and Alertmanager, which it alone reaches, and nothing else", async () => {
  const recorded = await start();
  const rulesOf = (name: string) => ofType(recorded, POLICY)[name]?.inputs["spec"];
  const dns = {
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  expect(rulesOf("prometheus-policy")).toMatchObject({
    ...pods("prometheus"),
    policyTypes: ["Ingress", "Egress"],
    ingress: [],
    egress: [
      { to: [pods("broker", "kafka")], ports: tcp(9404) },
      { to: [pods("alertmanager")], ports: tcp(9093) },
      dns,
    ],
  });
  expect(rulesOf("alertmanager-policy")).toMatchObject({
    ...pods("alertmanager"),
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [pods("prometheus")], ports: tcp(9093) }],
    egress: [dns],
  });
});

test("Alertmanager reaches its receivers where the stack file says they are", async () => {
  const receiverRanges = ["203.0.113.0/24"];
  const recorded = await start({}, { alertmanager: { receiverRanges, receiverPorts: [8443] } });
  expect(ofType(recorded, POLICY)["alertmanager-policy"]?.inputs["spec"]).toMatchObject({
    egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: tcp(8443) }, {}],
  });
});

test("brokers let a Prometheus of the stack's own read their metrics, and only where there is one", () => {
  const args = {
    ...{ name: "shop", namespace: "kafka", access: { type: "none" } as const },
    ...{ monitoringNamespace: "monitoring", clientNamespaces: [], accountNamespaces: {} },
    ...{ uiNamespaces: [], apiServerRanges: [] },
  };
  const readers = (ownPrometheus: boolean) =>
    brokerPolicy({ ...args, ownPrometheus }).spec.ingress.find(
      ({ ports }) => JSON.stringify(ports) === JSON.stringify(tcp(9404)),
    )?.from;
  expect(readers(true)).toContainEqual(pods("prometheus"));
  expect(readers(false)).not.toContainEqual(pods("prometheus"));
});

test("a claim that exists is no reason to make the set anew", async () => {
  const recorded = await start();
  for (const name of ["prometheus", "alertmanager"]) {
    const set = ofType(recorded, SET)[name];
    if (!set) throw new Error(name);
    expect(optionsOf(set).ignoreChanges).toEqual(["spec.volumeClaimTemplates"]);
  }
});
