import { expect, test } from "vitest";
import { DockerBroker, type DockerBrokerArgs } from "../../../components/docker/docker-broker.ts";
import { ofType, record } from "../../support/pulumi/recorder.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const MIB = 2 ** 20;

const ARGS: DockerBrokerArgs = {
  name: "shop",
  clientPort: 19092,
  metricsPort: 19404,
  memory: 2048 * MIB,
  image: {
    context: "images/kafka",
    contextHash: "abcdef0123456789",
    baseImage: "apache/kafka:4.3.1",
  },
  stackSecret: SECRET,
  adminCredentials: [{ mechanism: "SCRAM-SHA-512", generation: 1 }],
};

const LABELS = [{ label: "kafka-platform", value: "shop" }];

const build = (args: Partial<DockerBrokerArgs> = {}) =>
  record(() => new DockerBroker("broker", { ...ARGS, ...args }));

test("a broker is made of a container, a network, an image and a volume, and of nothing else", async () => {
  const recorded = await build();
  expect(recorded.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "docker:index/container:Container broker",
    "docker:index/network:Network broker-network",
    "docker:index/remoteImage:RemoteImage broker-image",
    "docker:index/volume:Volume broker-data",
    "kafka-platform:cluster:DockerBroker broker",
  ]);
});

test("network and volume are called after the platform, and the image after the hash of its files", async () => {
  const recorded = await build();
  expect(ofType(recorded, "docker:index/network:Network")["broker-network"]?.inputs).toEqual({
    name: "shop",
    labels: LABELS,
  });
  expect(ofType(recorded, "docker:index/volume:Volume")["broker-data"]?.inputs).toEqual({
    name: "shop-data",
    labels: LABELS,
  });
  expect(ofType(recorded, "docker:index/remoteImage:RemoteImage")["broker-image"]?.inputs).toEqual({
    name: "shop/broker:abcdef012345",
    build: {
      context: "images/kafka",
      buildArgs: { BASE_IMAGE: "apache/kafka:4.3.1" },
    },
    triggers: { context: "abcdef0123456789", base: "apache/kafka:4.3.1" },
    keepLocally: true,
  });
});

test("the container gives up every privilege, listens on loopback only and never swaps", async () => {
  const container = ofType(await build(), "docker:index/container:Container")["broker"];
  const { uploads, ...inputs } = container?.inputs ?? {};
  expect(uploads).toHaveLength(5);
  expect(inputs).toMatchObject({
    name: "shop-broker",
    image: "sha256:broker-image",
    labels: LABELS,
    user: "1000",
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    memory: 2048,
    memorySwap: 2048,
    envs: ["KAFKA_HEAP_OPTS=-Xms1024m -Xmx1024m", "QUORUM_MODE=standalone"],
    ports: [
      { internal: 9092, external: 19092, ip: "127.0.0.1" },
      { internal: 9404, external: 19404, ip: "127.0.0.1" },
    ],
    networksAdvanced: [{ name: "shop", aliases: ["broker"] }],
    volumes: [{ volumeName: "shop-data", containerPath: "/var/lib/kafka/data" }],
    // What is declared in Kafka waits until the broker is healthy.
    wait: true,
    // Closing the logs of many partitions takes longer than Docker's ten seconds.
    destroyGraceSeconds: 60,
    stopTimeout: 60,
    restart: "unless-stopped",
  });
  // Nothing gives a privilege back, or opens another way into the host.
  for (const key of ["privileged", "networkMode", "devices", "mounts", "publishAllPorts"]) {
    expect(inputs).not.toHaveProperty(key);
  }
  expect(inputs["capabilities"]).toEqual({ drops: ["ALL"] });
});

interface Upload {
  readonly file: string;
  readonly content: string;
  readonly permissions: string;
}

test("secrets are files that only root's group may read, and nothing else holds them", async () => {
  const container = ofType(await build(), "docker:index/container:Container")["broker"];
  const uploads = container?.inputs["uploads"] as Upload[];
  expect(uploads.map(({ file, permissions }) => [file, permissions])).toEqual([
    ["/etc/kafka-platform/broker.properties", "0444"],
    ["/etc/kafka-platform/secrets/scram-users", "0440"],
    ["/etc/kafka-platform/secrets/broker-password", "0440"],
    ["/etc/kafka-platform/secrets/controller-password", "0440"],
    ["/etc/kafka-platform/secrets/health.properties", "0440"],
  ]);
  const password = uploads.find(({ file }) => file.endsWith("/broker-password"))?.content ?? "";
  expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
  const elsewhere = { ...container?.inputs, uploads: uploads.slice(0, 1) };
  expect(JSON.stringify(elsewhere)).not.toContain(password);
});

test("uploads are secret when the stack's secret is", async () => {
  const pulumi = await import("@pulumi/pulumi");
  const recorded = await record(
    () => new DockerBroker("broker", { ...ARGS, stackSecret: pulumi.secret(SECRET) }),
  );
  expect(ofType(recorded, "docker:index/container:Container")["broker"]?.secrets).toEqual([
    "uploads",
  ]);
});

test("a given cluster id reaches the entrypoint; another agent image reaches the build", async () => {
  const recorded = await build({
    clusterId: "4L6g3nShT-eMCtK--X86sw",
    image: { ...ARGS.image, agentImage: "kafka-platform/base:4.3.1" },
  });
  expect(ofType(recorded, "docker:index/container:Container")["broker"]?.inputs["envs"]).toContain(
    "CLUSTER_ID=4L6g3nShT-eMCtK--X86sw",
  );
  expect(
    ofType(recorded, "docker:index/remoteImage:RemoteImage")["broker-image"]?.inputs["build"],
  ).toMatchObject({ buildArgs: { AGENT_IMAGE: "kafka-platform/base:4.3.1" } });
});

test("addresses are plain values, known in a preview", async () => {
  let broker: DockerBroker | undefined;
  await record(() => {
    broker = new DockerBroker("broker", ARGS);
  });
  expect(broker).toMatchObject({
    bootstrapServers: ["127.0.0.1:19092"],
    internalBootstrapServers: ["broker:9094"],
    metricsUrls: ["http://127.0.0.1:19404/metrics"],
    tlsEnabled: false,
  });
});
