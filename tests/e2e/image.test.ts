/** The broker image on a real Docker daemon: format, health, secrets, restarts, metrics, stop. */
import { setTimeout as sleep } from "node:timers/promises";
import Dockerode from "dockerode";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  BROKER_PROPERTIES,
  type BrokerOptions,
  createBroker,
  PASSWORDS,
  removeBroker,
  removeContainer,
  SECRETS,
  wrongHealthPassword,
} from "../images/broker-container.ts";
import {
  exec,
  exited,
  healthy,
  leaveFile,
  logs,
  processesWith,
  series,
  state,
  valueOf,
} from "../images/container-probes.ts";
import { WANTED_METRICS } from "../images/wanted-metrics.ts";

const docker = new Dockerode();
const NAME = "img-test-broker";
const PROBE = "img-test-probe";
const CLUSTER_ID = "kfkPlatformTestClust01";

afterAll(async () => {
  await removeBroker(docker, NAME);
  await removeBroker(docker, PROBE);
});

/** The running broker, started by the first test that wants it. */
async function serving(): Promise<Dockerode.Container> {
  const found = await docker.listContainers({ filters: { name: [NAME], health: ["healthy"] } });
  if (found.length > 0) return docker.getContainer(NAME);
  await removeContainer(docker, NAME);
  const container = await start();
  await healthy(container);
  return container;
}

async function start(options: Partial<BrokerOptions> = {}): Promise<Dockerode.Container> {
  const container = await createBroker(docker, { name: NAME, ...options });
  await container.start();
  return container;
}

const CLIENT =
  "--bootstrap-server 127.0.0.1:9094 --command-config /etc/kafka-platform/secrets/health.properties";

describe("a new disk", () => {
  beforeEach(() => removeBroker(docker, NAME));

  it("is formatted, serves, tells no secret and keeps its records over a restart", async () => {
    const container = await start({ env: [`CLUSTER_ID=${CLUSTER_ID}`] });
    await healthy(container);
    await exec(container, `kafka-topics.sh ${CLIENT} --create --topic keep --partitions 1`);
    for (const codec of ["zstd", "snappy", "lz4", "gzip"]) {
      await exec(
        container,
        `echo ${codec} | kafka-console-producer.sh ${CLIENT} --topic keep --compression-codec ${codec}`,
      );
    }

    const told = [
      await logs(container),
      JSON.stringify(await container.inspect()),
      JSON.stringify(await container.top()),
      await exec(container, "cat /proc/[0-9]*/cmdline /proc/1/environ | tr '\\0' ' '"),
      await exec(container, "ls -laR /tmp; cat /var/lib/kafka/data/log/meta.properties"),
    ].join("\n");
    const secrets = [...Object.values(PASSWORDS), "SCRAM-SHA-512=[", "storedKey", "StoredKey"];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(told).toContain("entrypoint: formatting /var/lib/kafka/data/log for cluster");
    expect(await exec(container, "id -u; stat -c '%u %a' /etc/kafka-platform/secrets/*")).toBe(
      ["1000", ...Array<string>(Object.keys(SECRETS).length).fill("0 440"), ""].join("\r\n"),
    );

    const stopping = performance.now();
    await container.stop({ t: 30 });
    expect(performance.now() - stopping).toBeLessThan(10_000);
    // 128 + SIGTERM: how a JVM ends after it ran its shutdown hooks.
    expect((await container.inspect()).State.ExitCode).toBe(143);
    expect(await logs(container)).toMatch(/\[BrokerServer id=1\] shut down completed/);

    await container.start();
    await healthy(container);
    expect(await logs(container)).toContain(`log is formatted for cluster ${CLUSTER_ID}`);
    const read = await exec(
      container,
      `kafka-console-consumer.sh ${CLIENT} --topic keep --partition 0 --offset earliest --max-messages 4`,
    );
    expect(read.split("\r\n").slice(0, 4)).toEqual(["zstd", "snappy", "lz4", "gzip"]);
  });

  it("of another cluster is refused, unchanged", async () => {
    const owner = await start({ env: [`CLUSTER_ID=${CLUSTER_ID}`] });
    await healthy(owner);
    await owner.remove({ force: true });
    const container = await start({ env: ["CLUSTER_ID=anotherClusterAltogeth"] });
    expect(await exited(container)).toContain(
      `the disk at /var/lib/kafka/data/log belongs to cluster ${CLUSTER_ID}, but CLUSTER_ID is anotherClusterAltogeth.`,
    );
    await container.remove();
    // Without a CLUSTER_ID the disk decides.
    await healthy(await start());
  });

  it("of another secret is refused at once, unchanged", async () => {
    await healthy(await serving());
    await removeContainer(docker, NAME);
    const users = SECRETS["scram-users"].replaceAll(PASSWORDS.admin, "AnotherPass4711xyz");
    const container = await start({ secrets: { "scram-users": users } });
    const said = await exited(container);
    expect(said).toContain("was formatted by a stack with another stackSecret");
    expect(said).not.toContain("AnotherPass4711xyz");
    await container.remove();
    // Neither other iterations nor a later user's rotation is another secret.
    const same = SECRETS["scram-users"]
      .replaceAll("8192", "4096")
      .replace(PASSWORDS.broker, "Rotated4711abc");
    await healthy(await start({ secrets: { "scram-users": same } }));
  });
});

describe("health", () => {
  it("is judged by a login: a wrong password is unhealthy, with the reason", async () => {
    await removeBroker(docker, NAME);
    const container = await start({ secrets: wrongHealthPassword });
    const refused = /could not log in on port 9094: .*SaslAuthenticationException/;
    const last = await state(container, ({ Health }) =>
      (Health?.Log ?? []).some(({ Output }) => refused.test(Output)),
    );
    expect(last.Health?.Status).toBe("unhealthy");
    const reason = last.Health?.Log.at(-1)?.Output ?? "";
    expect(reason.trim().split("\n")).toHaveLength(1);
    expect(reason).not.toContain("NotThePassword");
  });

  it("costs no JVM once logged in", async () => {
    const container = await serving();
    // No JVM: there is no java on this PATH.
    const script = "PATH=/usr/bin:/bin bash /opt/kafka-platform/healthcheck.sh";
    expect((await exec(container, script)).trim()).toBe("serving on port 9094");
  });

  it("fails on a port where nobody listens", async () => {
    const container = await serving();
    const script = "HEALTHCHECK_PORT=9095 bash /opt/kafka-platform/healthcheck.sh";
    expect((await exec(container, script, 1)).trim()).toBe("no answer on port 9095");
    const http = "HEALTHCHECK_PORT=9404 bash /opt/kafka-platform/healthcheck.sh";
    expect(await exec(container, http, 1)).toMatch(/port 9404/);
  });
});

describe("metrics", () => {
  const PARTITIONS = "kafka_server_replicamanager_partitioncount";

  it("are all there, few, and do not grow with partitions", async () => {
    const container = await serving();
    const before = await series();
    const names = new Set(before.map((line) => line.split(/[{ ]/)[0]));
    expect(WANTED_METRICS.filter((name) => !names.has(name))).toEqual([]);
    expect(before).toContain('kafka_server_raft_metrics_current_state{state="leader"} 1.0');
    expect(before.length).toBeLessThan(600);

    await exec(container, `kafka-topics.sh ${CLIENT} --create --topic many --partitions 100`);
    let withPartitions = await series();
    for (let tries = 0; tries < 50 && valueOf(withPartitions, PARTITIONS) < 100; tries += 1) {
      await sleep(100);
      withPartitions = await series();
    }
    expect(valueOf(withPartitions, PARTITIONS)).toBeGreaterThanOrEqual(100);
    const identities = (lines: string[]) => lines.map((line) => line.replace(/ \S+$/, "")).sort();
    const fresh = identities(withPartitions).filter((line) => !identities(before).includes(line));
    // A request answered for the first time may add an error or a version, a partition nothing.
    expect(fresh.filter((line) => !line.startsWith("kafka_network_requestmetrics_"))).toEqual([]);
  });
});

describe("a disk or a setting that is not as it must be", () => {
  // Both use the same ports.
  beforeAll(() => removeBroker(docker, NAME));
  afterEach(() => removeBroker(docker, PROBE));

  it("recovers when it was killed while formatting", async () => {
    for (const delay of [0, 300, 600]) {
      const container = await createBroker(docker, { name: PROBE });
      await container.start();
      const processes = await processesWith(container, "kafka.tools.StorageTool");
      expect(processes).not.toMatch(/password=|SCRAM-SHA/);
      await sleep(delay);
      await container.kill();
      await container.start();
      await healthy(container);
      const files = await exec(container, "ls /var/lib/kafka/data");
      expect(files.trim().split(/\s+/)).toEqual(["log", "secret.sha256"]);
      await removeBroker(docker, PROBE);
    }
  });

  it("starts over a staging folder that a killed format left, but never over unknown files", async () => {
    const container = await createBroker(docker, { name: PROBE });
    await leaveFile(container, "log.formatting");
    await container.start();
    await healthy(container);
    await removeBroker(docker, PROBE);

    const foreign = await createBroker(docker, { name: PROBE });
    await leaveFile(foreign, "log");
    await foreign.start();
    expect(await exited(foreign)).toContain("log holds files but no meta.properties");
  });

  it.each<[string, Partial<BrokerOptions>, string]>([
    [
      "an unknown quorum mode",
      { env: ["QUORUM_MODE=chaos"] },
      'QUORUM_MODE is "chaos"; wanted: standalone',
    ],
    [
      "log.dirs at the root of the mount",
      { properties: BROKER_PROPERTIES.replace("kafka/data/log", "kafka/data") },
      'log.dirs in /etc/kafka-platform/broker.properties is "/var/lib/kafka/data"; wanted: one folder inside',
    ],
    [
      "a reference to a secret that is not there",
      { properties: BROKER_PROPERTIES.replaceAll("secrets:broker-password", "secrets:typo") },
      "refers to the secret typo, but /etc/kafka-platform/secrets/typo is missing",
    ],
    [
      "a secret with a line break at its end",
      { secrets: { "broker-password": `${PASSWORDS.broker}\n` } },
      "secrets/broker-password ends with a line break",
    ],
    [
      "a password with a comma, which is not repeated",
      { secrets: { "scram-users": "SCRAM-SHA-512=[name=admin,iterations=8192,password=a,bcd]" } },
      "line 1 of /etc/kafka-platform/secrets/scram-users is malformed",
    ],
    [
      "an iteration count that Kafka refuses",
      { secrets: { "scram-users": "SCRAM-SHA-512=[name=admin,iterations=1,password=abcdef]" } },
      "The 'iterations' value must be >= 4096",
    ],
  ])("is refused: %s", async (_case, options, message) => {
    const container = await start({ name: PROBE, ...options });
    const told = await exited(container);
    expect(told).toContain(message);
    expect(told).not.toMatch(/a,bcd|abcdef|Exception in thread/);
  });
});

it("leaves nothing behind", async () => {
  await removeBroker(docker, NAME);
  const [containers, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters: { name: ["img-test-"] } }),
    docker.listVolumes({ filters: { name: ["img-test-broker", "img-test-probe"] } }),
  ]);
  expect({ containers, Volumes }).toEqual({ containers: [], Volumes: [] });
});
