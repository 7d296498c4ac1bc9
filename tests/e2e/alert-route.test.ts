import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import Dockerode from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureMonitoringImage } from "../../cli/images/monitoring-image.ts";
import {
  ALERTMANAGER_ARGUMENTS,
  ALERTMANAGER_FILES,
  PROMETHEUS_FILES,
  prometheusArguments,
} from "../../model/observability/monitoring-programs.ts";
import {
  ALERTMANAGER_IMAGE,
  PROMETHEUS_IMAGE,
} from "../../model/observability/observability-images.ts";
import { renderPrometheusConfig } from "../../model/observability/prometheus-config.ts";

/**
 * The way of an alert, with a real Prometheus and a real Alertmanager as they are started on Docker: from a target that
 * does not answer to a webhook that is told of it, and told again when it is over.
 */

const NAME = "kafka-e2e-alert-route";
const CLUSTER = "shop";
const folder = mkdtempSync(path.join(tmpdir(), "alert-route-"));

const docker = (...args: readonly string[]): string =>
  execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

interface Notification {
  readonly status: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

const told: Notification[] = [];
let wanted = 503;
let server: Server;
let gateway: string;

/** The address of this machine for containers of the network, and what listens there. */
const here = () => `${gateway}:${String((server.address() as { port: number }).port)}`;

function writeFiles(): { readonly prometheus: string; readonly alertmanager: string } {
  const written = (name: string, content: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, content, { mode: 0o644 });
    return file;
  };
  const rule = {
    alert: "TargetDown",
    expr: 'up{job="kafka"} == 0',
    labels: { severity: "critical", owner: "platform" },
  };
  written(
    "rules.yml",
    JSON.stringify({ groups: [{ name: "route", interval: "1s", rules: [rule] }] }),
  );
  const config = JSON.parse(
    renderPrometheusConfig({
      cluster: CLUSTER,
      brokers: [{ id: 1, target: here() }],
      alertmanager: "alertmanager:9093",
      ruleFiles: [PROMETHEUS_FILES.rules],
    }),
  ) as { global: object };
  // Only so that the test is done sooner.
  config.global = { ...config.global, scrape_interval: "1s", evaluation_interval: "1s" };
  const route = { receiver: "webhook", group_wait: "1s", group_interval: "1s" };
  const webhook = { url: `http://${here()}/webhook`, send_resolved: true };
  return {
    prometheus: written("prometheus.yml", JSON.stringify(config)),
    alertmanager: written(
      "alertmanager.yml",
      JSON.stringify({ route, receivers: [{ name: "webhook", webhook_configs: [webhook] }] }),
    ),
  };
}

const imageOf = async (program: "prometheus" | "alertmanager", name: string): Promise<string> => {
  const options = { docker: new Dockerode(), report: () => undefined, cacheDir: folder };
  const found = await ensureMonitoringImage(program, name, options);
  if ("missing" in found) throw new Error(found.missing);
  return found.image;
};

beforeAll(async () => {
  docker("network", "create", NAME);
  gateway = docker("network", "inspect", NAME, "--format", "{{(index .IPAM.Config 0).Gateway}}");
  server = createServer((request, response) => {
    if (request.url === "/metrics") {
      response.statusCode = wanted;
      response.end("");
      return;
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      told.push(JSON.parse(body) as Notification);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, gateway, resolve));
  const files = writeFiles();
  const common = ["run", "-d", "--network", NAME, "--read-only", "--cap-drop", "ALL"];
  docker(
    ...[...common, "--name", `${NAME}-alertmanager`, "--network-alias", "alertmanager"],
    ...["-v", `${files.alertmanager}:${ALERTMANAGER_FILES.config}:ro`],
    await imageOf("alertmanager", ALERTMANAGER_IMAGE),
    ...ALERTMANAGER_ARGUMENTS,
  );
  docker(
    ...[...common, "--name", `${NAME}-prometheus`],
    ...["-v", `${files.prometheus}:${PROMETHEUS_FILES.config}:ro`],
    ...["-v", `${path.join(folder, "rules.yml")}:${PROMETHEUS_FILES.rules}:ro`],
    await imageOf("prometheus", PROMETHEUS_IMAGE),
    ...prometheusArguments({ retention: 3_600_000 }),
  );
});

afterAll(() => {
  spawnSync("docker", ["rm", "-f", "-v", `${NAME}-prometheus`, `${NAME}-alertmanager`]);
  spawnSync("docker", ["network", "rm", NAME]);
  server.close();
  rmSync(folder, { recursive: true });
});

const statuses = () => told.map(({ status }) => status);

test("a broker that does not answer is told to the webhook by name, within a minute", async () => {
  await expect.poll(statuses, { timeout: 60_000 }).toContain("firing");
  expect(told[0]?.alerts[0]?.labels).toMatchObject({
    alertname: "TargetDown",
    cluster: CLUSTER,
    broker: "1",
    severity: "critical",
    owner: "platform",
  });
  expect(statuses()).not.toContain("resolved");
});

test("once it answers, the webhook is told that it is over", async () => {
  wanted = 200;
  await expect.poll(statuses, { timeout: 90_000 }).toContain("resolved");
});
