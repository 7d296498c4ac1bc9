import { createServer } from "node:net";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FakeExporters, type FakeNode } from "../support/kubernetes/fake-exporters.ts";
import { bash, type Ran, SCRIPTS } from "./scripts.ts";

const exporters = new FakeExporters();
afterEach(() => exporters.close());

const WELL: FakeNode = { broker: 3, raft: "follower", leader: 1, underReplicated: 0 };
const PEERS = "kafka-0.kafka-headless.kafka.svc.cluster.local,127.0.0.2,127.0.0.3";

const CONTROLLERS = ["0@a:9093:x", "1@b:9093:y", "2@c:9093:z"].join(",");

async function probe(
  script: "startup" | "readiness",
  nodes: readonly FakeNode[],
  peers = PEERS,
  controllers = CONTROLLERS,
): Promise<Ran> {
  await exporters.serve(nodes);
  return bash([path.join(SCRIPTS, `${script}.sh`)], {
    HOSTNAME: "kafka-0",
    PEERS: peers,
    INITIAL_CONTROLLERS: controllers,
    METRICS_PORT: String(exporters.port),
    SCRAPE_SECONDS: "1",
  }).done;
}

describe("startup", () => {
  it.each<[string, FakeNode, number, string]>([
    ["running", { broker: 3 }, 0, "kafka-0: running"],
    ["starting", { broker: 1 }, 1, "kafka-0: still starting"],
    ["without a broker yet", {}, 1, "kafka-0: still starting"],
    ["recovering", { broker: 2 }, 1, "kafka-0: recovering its log"],
    ["shutting down", { broker: 6 }, 1, "kafka-0: shutting down"],
    ["of unknown state", { broker: 127 }, 1, "kafka-0: not running (BrokerState 127)"],
    ["in trouble", { broker: 3, status: 500 }, 1, "kafka-0: its exporter does not answer"],
  ])(
    "ends only for a running broker, and tells of one that is %s",
    async (_case, node, code, stdout) => {
      expect(await probe("startup", [node])).toMatchObject({ code, stdout, stderr: "" });
    },
  );

  it("asks nobody but the broker itself, and for nothing but its state", async () => {
    await probe("startup", [{ broker: 3 }, WELL, WELL]);
    expect(exporters.asked).toEqual(["/metrics?name%5B%5D=kafka_server_kafkaserver_brokerstate"]);
  });
});

describe("readiness", () => {
  it("is given when this node runs, its controller votes, and nobody lacks a replica", async () => {
    const ran = await probe("readiness", [{ ...WELL, raft: "leader" }, WELL, WELL]);
    expect(ran).toMatchObject({
      code: 0,
      stdout: "kafka-0: ready; 3 nodes without under-replicated partitions",
      stderr: "",
    });
    const asked =
      "/metrics?name%5B%5D=kafka_server_kafkaserver_brokerstate" +
      "&name%5B%5D=kafka_server_raft_metrics_current_state" +
      "&name%5B%5D=kafka_server_replicamanager_underreplicatedpartitions";
    expect(exporters.asked).toEqual([asked, asked, asked]);
  });

  it.each<[string, FakeNode[], string]>([
    [
      "a peer leads under-replicated partitions",
      [WELL, { ...WELL, underReplicated: 12 }, WELL],
      "127.0.0.2: 12 under-replicated partitions",
    ],
    [
      "it leads some itself",
      [{ ...WELL, underReplicated: 1 }, WELL, WELL],
      "kafka-0: 1 under-replicated partitions",
    ],
    ["a peer is down", [WELL, WELL], "127.0.0.3: its exporter does not answer"],
    [
      "a peer's exporter fails",
      [WELL, { ...WELL, status: 503 }, WELL],
      "127.0.0.2: its exporter does not answer",
    ],
    ["a peer is starting", [WELL, { broker: 1 }, WELL], "127.0.0.2: still starting"],
    [
      "its controller does not vote yet",
      [{ ...WELL, raft: "observer" }, WELL, WELL],
      "kafka-0: its controller is observer, not leader or follower",
    ],
    [
      "its controller has lost the leader",
      [{ ...WELL, raft: "prospective" }, WELL, WELL],
      "kafka-0: its controller is prospective, not leader or follower",
    ],
    ["it is starting", [{ broker: 1, underReplicated: 0 }, WELL, WELL], "kafka-0: still starting"],
    [
      "it does not tell of its replicas",
      [{ broker: 3, raft: "leader" }],
      "kafka-0: still starting; " +
        "127.0.0.2: its exporter does not answer; 127.0.0.3: its exporter does not answer",
    ],
    [
      "several things are wrong",
      [
        { ...WELL, broker: 2 },
        { ...WELL, underReplicated: 300 },
      ],
      "kafka-0: recovering its log; 127.0.0.2: 300 under-replicated partitions; " +
        "127.0.0.3: its exporter does not answer",
    ],
  ])("is refused where %s", async (_case, nodes, stdout) => {
    expect(await probe("readiness", nodes)).toMatchObject({ code: 1, stdout, stderr: "" });
  });

  it("is refused without peers: nobody would have been asked", async () => {
    expect(await probe("readiness", [WELL], "")).toMatchObject({
      code: 1,
      stdout: "PEERS is empty; wanted: the hosts of all nodes, separated by commas",
    });
  });

  it("takes a name that does not resolve for a node that does not answer", async () => {
    const ran = await probe("readiness", [WELL], "kafka-0.x,kafka-1.kafka-headless.invalid");
    expect(ran).toMatchObject({ code: 1, stdout: "kafka-1: its exporter does not answer" });
  });

  it("is given to a broker that is no controller when it follows the quorum, not when it votes", async () => {
    const others = "7@a:9093:x,10@b:9093:y";
    const observes = await probe(
      "readiness",
      [{ ...WELL, raft: "observer" }, WELL, WELL],
      PEERS,
      others,
    );
    expect(observes.stdout).toContain("kafka-0: ready");
    expect(await probe("readiness", [WELL, WELL, WELL], PEERS, others)).toMatchObject({
      code: 1,
      stdout: "kafka-0: it is follower, not an observer of the quorum",
    });
  });

  it("waits for nodes that hang side by side, and only so long", async () => {
    const hangs = { hangs: true };
    const ran = await probe("readiness", [WELL, hangs, hangs]);
    expect(ran.stdout).toBe(
      "127.0.0.2: its exporter does not answer; 127.0.0.3: its exporter does not answer",
    );
    expect(ran.seconds).toBeLessThan(2);
  });

  it("does not believe half an answer", async () => {
    await exporters.serve([WELL]);
    const half = createServer((socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\n\r\nkafka_server_replicamanager_underreplicatedpartitions 0.0\n",
      );
    }).listen(exporters.port, "127.0.0.2");
    const ran = await bash([path.join(SCRIPTS, "readiness.sh")], {
      HOSTNAME: "kafka-0",
      PEERS: "kafka-0,127.0.0.2",
      INITIAL_CONTROLLERS: CONTROLLERS,
      METRICS_PORT: String(exporters.port),
      SCRAPE_SECONDS: "1",
    }).done;
    half.close();
    expect(ran.stdout).toBe("127.0.0.2: its exporter does not answer");
  });
});
