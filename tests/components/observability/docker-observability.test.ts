import { exporterConfigSchema } from "../../../model/observability/exporter-config.ts";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { dockerObservability } from "../../../components/observability/docker/docker-observability.ts";
import type { ObservabilityContent } from "../../../components/observability/observability-access.ts";
import { observabilitySettings } from "../../../model/observability/observability-settings.ts";
import { plainText } from "../../support/pulumi/program.ts";
import { ofType, record } from "../../support/pulumi/recorder.ts";
import { STACK_SECRET } from "../../support/pulumi/stack-file.ts";

const CONTAINER = "docker:index/container:Container";

const start = (content: Partial<ObservabilityContent> = {}, given: object = {}) =>
  record(() => {
    const provider = new docker.Provider("docker", {});
    const network = new docker.Network("network", { name: "shop" }, { provider });
    dockerObservability(
      {
        name: "shop",
        network,
        bootstrapServers: ["broker:9094"],
        settings: observabilitySettings.parse(given),
        stackSecret: pulumi.secret(STACK_SECRET),
        ...content,
      },
      { provider },
    );
  });

/** What every container of the platform is told alike. */
const hardened = (role: string) => ({
  name: `shop-${role}`,
  hostname: role,
  labels: [{ label: "kafka-platform", value: "shop" }],
  restart: "unless-stopped",
  groupAdds: ["0"],
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges:true"],
  logDriver: "json-file",
  logOpts: { "max-size": "10m", "max-file": "3" },
  networksAdvanced: [{ name: "shop" }],
});

const health = (url: string) => ({
  tests: ["CMD", "wget", "-q", "-O", "/dev/null", url],
  interval: "10s",
  timeout: "5s",
  retries: 6,
  startPeriod: "1m0s",
});

interface Upload {
  readonly file: string;
  readonly permissions: string;
  readonly content: string;
}

test("Prometheus runs as nobody on loopback, its figures on a volume, its files readable and no more", async () => {
  const recorded = await start({ rules: { groups: [] } });
  const { uploads, image, ...inputs } = ofType(recorded, CONTAINER)["prometheus"]?.inputs ?? {};
  expect(inputs).toEqual({
    ...hardened("prometheus"),
    command: [
      "--config.file=/etc/prometheus/prometheus.yml",
      "--storage.tsdb.path=/prometheus",
      "--storage.tsdb.retention.time=1296000s",
      "--query.lookback-delta=2m",
      "--web.listen-address=0.0.0.0:9090",
    ],
    user: "65534",
    memory: 192,
    memorySwap: 192,
    envs: ["GOMEMLIMIT=144MiB"],
    ports: [{ internal: 9090, external: 9090, ip: "127.0.0.1" }],
    volumes: [{ volumeName: "shop-prometheus", containerPath: "/prometheus" }],
    healthcheck: health("http://127.0.0.1:9090/-/ready"),
  });
  expect(image).toBe("sha256:prometheus-image");
  const [config, rules] = uploads as [Upload, Upload];
  expect(config).toMatchObject({ file: "/etc/prometheus/prometheus.yml", permissions: "0444" });
  expect(JSON.parse(config.content)).toMatchObject({
    rule_files: ["/etc/prometheus/rules.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] },
    scrape_configs: [
      {
        job_name: "kafka",
        static_configs: [{ targets: ["broker:9404"], labels: { cluster: "shop", broker: "1" } }],
      },
      { job_name: "prometheus" },
      { job_name: "alertmanager" },
    ],
  });
  expect(rules).toEqual({
    file: "/etc/prometheus/rules.yml",
    permissions: "0444",
    content: "groups: []\n",
  });
  expect(ofType(recorded, "docker:index/volume:Volume")["prometheus-data"]?.inputs).toMatchObject({
    name: "shop-prometheus",
    labels: [
      { label: "kafka-platform", value: "shop" },
      { label: "kafka-platform.holds", value: "figures" },
    ],
  });
});

test("without rules Prometheus is told of no file that is not there", async () => {
  const recorded = await start();
  const uploads = ofType(recorded, CONTAINER)["prometheus"]?.inputs["uploads"] as Upload[];
  expect(uploads).toHaveLength(1);
  expect(JSON.parse(uploads[0]?.content ?? "")).toMatchObject({ rule_files: [] });
});

test("what Alertmanager's receivers are logged in to with are files that only its group reads", async () => {
  const receiverSecrets = pulumi.secret({ pager: "hunter2" });
  const recorded = await start({ receiverSecrets });
  const alertmanager = ofType(recorded, CONTAINER)["alertmanager"];
  const { image, ...inputs } = alertmanager?.inputs ?? {};
  expect(image).toBe("sha256:alertmanager-image");
  expect(alertmanager?.secrets).toEqual(["uploads"]);
  expect(inputs).toEqual({
    ...hardened("alertmanager"),
    command: [
      "--config.file=/etc/alertmanager/alertmanager.yml",
      "--storage.path=/alertmanager",
      "--web.listen-address=0.0.0.0:9093",
      "--cluster.listen-address=",
    ],
    user: "65534",
    memory: 64,
    memorySwap: 64,
    ports: [{ internal: 9093, external: 9093, ip: "127.0.0.1" }],
    uploads: [
      {
        file: "/etc/alertmanager/alertmanager.yml",
        content: expect.stringMatching(/^route:\n/) as string,
        permissions: "0444",
      },
      { file: "/etc/alertmanager/pager", content: "hunter2", permissions: "0440" },
    ],
    healthcheck: health("http://127.0.0.1:9093/-/ready"),
  });
  expect(plainText(recorded)).not.toContain("hunter2");
});

test("Grafana wants a login, whose password is a file and in no environment", async () => {
  const recorded = await start({ dashboards: { overview: '{"title":"Kafka"}' } });
  const grafana = ofType(recorded, CONTAINER)["grafana"];
  const { uploads, envs, image, ...inputs } = grafana?.inputs ?? {};
  expect(image).toBe("sha256:grafana-image");
  expect(grafana?.secrets).toEqual(["uploads"]);
  expect(inputs).toEqual({
    ...hardened("grafana"),
    memory: 256,
    memorySwap: 256,
    ports: [{ internal: 3000, external: 3000, ip: "127.0.0.1" }],
    healthcheck: health("http://127.0.0.1:3000/api/health"),
  });
  expect(envs).toContain("GF_AUTH_ANONYMOUS_ENABLED=false");
  expect(envs).toContain("GF_SECURITY_ADMIN_PASSWORD__FILE=/etc/grafana/secrets/admin-password");
  const files = uploads as Upload[];
  expect(files.map(({ file, permissions }) => `${permissions} ${file}`)).toEqual([
    "0444 /etc/grafana/provisioning/datasources/prometheus.yml",
    "0444 /etc/grafana/provisioning/dashboards/kafka-platform.yml",
    "0444 /etc/grafana/dashboards/overview.json",
    "0440 /etc/grafana/secrets/admin-password",
  ]);
  expect(JSON.parse(files[0]?.content ?? "")).toMatchObject({
    datasources: [{ uid: "prometheus", url: "http://prometheus:9090", isDefault: true }],
  });
  expect(JSON.parse(files[1]?.content ?? "")).toMatchObject({
    providers: [{ allowUiUpdates: false, options: { path: "/etc/grafana/dashboards" } }],
  });
  expect(files[2]?.content).toBe('{"title":"Kafka"}');
  const password = files[3]?.content ?? "";
  expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(plainText(recorded)).not.toContain(password);
  expect(plainText(recorded)).not.toContain(STACK_SECRET);
});

test("what is turned off is not made, and the others are not told of it", async () => {
  const off = { enabled: false };
  const recorded = await start({}, { alertmanager: off, grafana: off });
  expect(Object.keys(ofType(recorded, CONTAINER))).toEqual(["prometheus"]);
  const uploads = ofType(recorded, CONTAINER)["prometheus"]?.inputs["uploads"] as Upload[];
  expect(uploads[0]?.content).not.toContain("alertmanager");
});

const declared = { topics: [{ name: "orders", owner: "shop", minInsyncReplicas: 1 }] };

const startExporter = (given: object = {}) => {
  const account = {
    username: "kafka-exporter",
    mechanism: "SCRAM-SHA-512",
    password: pulumi.secret("hunter2"),
  } as const;
  const image = "kafka-platform/exporter:0123456789ab";
  return start({ exporter: { account, declared } }, { exporter: { image }, ...given });
};

test("the exporter logs in as its own account, with a password that is a file, and Prometheus scrapes it", async () => {
  const recorded = await startExporter();
  const exporter = ofType(recorded, CONTAINER)["exporter"];
  const { uploads, healthcheck, image, ...inputs } = exporter?.inputs ?? {};
  expect(image).toBe("sha256:exporter-image");
  expect(healthcheck).toMatchObject({ tests: ["CMD", "node", "-e", expect.any(String)] });
  expect(exporter?.secrets).toEqual(["uploads"]);
  expect(inputs).toEqual({
    ...hardened("exporter"),
    command: ["/etc/kafka-platform/exporter.json"],
    user: "1000",
    memory: 160,
    memorySwap: 160,
    ports: [{ internal: 9308, external: 9308, ip: "127.0.0.1" }],
  });
  const [config, password, ofPage, ...others] = uploads as [Upload, Upload, Upload];
  expect(others).toEqual([]);
  expect(config).toMatchObject({
    file: "/etc/kafka-platform/exporter.json",
    permissions: "0444",
  });
  expect(password).toEqual({
    file: "/etc/kafka-platform/secrets/exporter-password",
    content: "hunter2",
    permissions: "0440",
  });
  const written: unknown = JSON.parse(config.content);
  expect(written).toEqual({
    cluster: "shop",
    bootstrapServers: ["broker:9094"],
    login: {
      username: "kafka-exporter",
      mechanism: "SCRAM-SHA-512",
      passwordFile: password.file,
    },
    canary: { topic: "kafka-platform.canary" },
    page: { username: "admin", passwordFile: ofPage.file },
    alertmanagerUrl: "http://alertmanager:9093",
    declared,
  });
  expect(exporterConfigSchema.safeParse(written).success).toBe(true);
  expect(plainText(recorded)).not.toContain("hunter2");
  const prometheus = ofType(recorded, CONTAINER)["prometheus"]?.inputs["uploads"] as Upload[];
  expect(prometheus[0]?.content).toContain("exporter:9308");
});

test("the status page wants a login, whose password is a file and no other login's", async () => {
  const recorded = await startExporter();
  const uploads = ofType(recorded, CONTAINER)["exporter"]?.inputs["uploads"] as Upload[];
  const [, , password] = uploads;
  expect(password).toMatchObject({
    file: "/etc/kafka-platform/secrets/page-password",
    permissions: "0440",
  });
  expect(password?.content).toMatch(/^[A-Za-z0-9]{32}$/);
  const ofGrafana = ofType(recorded, CONTAINER)["grafana"]?.inputs["uploads"] as Upload[];
  expect(ofGrafana.map(({ content }) => content)).not.toContain(password?.content);
  expect(plainText(recorded)).not.toContain(password?.content);
  expect(plainText(recorded)).not.toContain(STACK_SECRET);
});

test("the status page is told of no Alertmanager where there is none", async () => {
  const recorded = await startExporter({ alertmanager: { enabled: false } });
  const uploads = ofType(recorded, CONTAINER)["exporter"]?.inputs["uploads"] as Upload[];
  expect(uploads[0]?.content).not.toContain("alertmanager");
});
