/**
 * Three nodes of the broker image with TLS and a dynamic quorum: first boot, lost disks, and a
 * readiness that sees the whole cluster. The tests build on each other, in order.
 */
import { setTimeout as sleep } from "node:timers/promises";
import Dockerode from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestCluster } from "../images/cluster.ts";
import { CLUSTER_ID, hostOf, type Node, NODES } from "../images/cluster-files.ts";
import { TestAuthority } from "../support/certificates.ts";

const docker = new Dockerode();
const JOINING = "entrypoint: a peer knows a leader: joining its quorum";
const FORMING = "entrypoint: no peer knows a leader, and the cluster is new: forming the quorum";
const READY = (node: Node) => ({
  code: 0,
  said: `kafka-${node}: ready; 3 nodes without under-replicated partitions`,
});

let cluster: TestCluster;

beforeAll(async () => {
  cluster = new TestCluster(docker, await TestAuthority.make());
  await cluster.makeNetwork();
});
afterAll(() => cluster.remove());

/** A Kafka tool in the container of a node, over TLS, logged in as admin. */
async function kafka(node: Node, command: string): Promise<string> {
  const [tool = "", ...words] = command.split(" ");
  const connection =
    `--bootstrap-server ${hostOf(node)}:9092 ` +
    "--command-config /etc/kafka-platform/client.properties";
  const line = `${tool}.sh ${connection} ${words.join(" ")}`;
  const { code, said } = await cluster.run(node, ["bash", "-c", line]);
  expect(code, said).toBe(0);
  return said;
}

const produce = (node: Node, record: string) =>
  kafka(
    node,
    `kafka-console-producer --topic ledger --command-property acks=all --sync <<<${record}`,
  );

async function records(node: Node, count: number): Promise<string[]> {
  const said = await kafka(
    node,
    `kafka-console-consumer --topic ledger --partition 0 --offset earliest --max-messages ${count}`,
  );
  return said.split("\r\n").slice(0, count);
}

test("three new nodes, started together, form one quorum and become ready", async () => {
  await Promise.all(NODES.map((node) => cluster.start(node)));
  await cluster.oneQuorum();
  await cluster.ready();
  for (const node of NODES) {
    expect(await cluster.log(node)).toContain(`${FORMING}\nentrypoint: formatting`);
    expect(await cluster.probe(node, "startup")).toEqual({
      code: 0,
      said: `kafka-${node}: running`,
    });
    expect(await cluster.probe(node, "readiness")).toEqual(READY(node));
  }
  await kafka(0, "kafka-topics --create --topic ledger --partitions 1 --replication-factor 3");
  await produce(0, "first");
  const features = await kafka(0, "kafka-features describe");
  expect(features).toMatch(/kraft\.version.*FinalizedVersionLevel: 1\s/);
  expect(features).toMatch(/metadata\.version.*FinalizedVersionLevel: 4\.3-IV0\s/);
});

test("a node that is down makes the others not ready, until it has caught up", async () => {
  await cluster.stop(1);
  const down = await cluster.until(0, ({ said }) => said.includes("under-replicated"));
  expect(down.code).toBe(1);
  expect(down.said).toContain("kafka-1: its exporter does not answer");
  expect(down.said).toMatch(/kafka-[02]: 1 under-replicated partitions/);
  await cluster.start(1);
  await cluster.ready();
});

test("a node that cannot replicate is not ready, nor is the cluster, while the others serve", async () => {
  await cluster.stop(2);
  await cluster.start(2, { brokerPassword: "NotThePassword" });
  await cluster.until(2, ({ said }) => /^kafka-[01]: 1 under-replicated partitions$/.test(said));
  // What it says of itself alone: all is well.
  expect(await cluster.probe(2, "startup")).toEqual({ code: 0, said: "kafka-2: running" });
  for (const node of [0, 1] as const) {
    const { code, said } = await cluster.probe(node, "readiness");
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/^kafka-[01]: 1 under-replicated partitions$/) as string,
    });
  }
  await produce(0, "second");
  expect(await records(1, 2)).toEqual(["first", "second"]);

  await cluster.stop(2);
  await cluster.start(2);
  await cluster.ready();
});

test("a lost disk, while there is a quorum, joins it and votes again", async () => {
  await cluster.stop(1);
  await cluster.wipe(1);
  await cluster.start(1, { formed: true });
  await cluster.oneQuorum();
  await cluster.ready();
  expect(await cluster.log(1)).toContain(JOINING);
});

test("a lost disk, while there is no leader, waits, forms nothing, and joins when there is one", async () => {
  await cluster.stop(2);
  await cluster.wipe(2);
  await cluster.stop(1);
  await cluster.leaderLost(0);
  await cluster.start(2, { formed: true });
  await cluster.until(
    2,
    ({ said }) => said.startsWith("kafka-2: its exporter does not answer"),
    10,
  );
  await sleep(3000);
  const log = await cluster.log(2);
  expect(log).toContain(
    "waiting for a controller quorum with a leader, to join it: " +
      "this disk is empty, and the cluster was formed before (kafka-0 is ",
  );
  expect(log).not.toMatch(/forming|formatting/);
  expect((await cluster.run(2, ["ls", "-A", "/var/lib/kafka/data"])).said).toBe("");

  await cluster.start(1);
  await cluster.oneQuorum();
  await cluster.ready();
  expect(await cluster.log(2)).toContain(`${JOINING}\nentrypoint: formatting`);
  expect(await records(2, 2)).toEqual(["first", "second"]);
});

// The first: no node has a part of its own in quorum.sh, and there one would be looked for.
test("a node that is late at the first boot joins the cluster of the others", async () => {
  const late = 0;
  await cluster.wipeAll();
  const early = NODES.filter((node) => node !== late);
  await Promise.all(early.map((node) => cluster.start(node)));
  // A leader, and brokers that run under it.
  for (const node of early)
    await cluster.until(node, ({ said }) => said.startsWith(`kafka-${late}`));
  await cluster.start(late);
  await cluster.oneQuorum();
  await cluster.ready();
  expect(await cluster.log(late)).toContain(`${JOINING}\nentrypoint: formatting`);
  for (const node of NODES) {
    const { said } = await cluster.run(node, ["cat", "/var/lib/kafka/data/log/meta.properties"]);
    expect(said).toContain(`cluster.id=${CLUSTER_ID}`);
  }
});
