/** Three nodes of the real image on a Docker network that resolves them like a headless Service. */
import { setTimeout as sleep } from "node:timers/promises";
import type Dockerode from "dockerode";
import { tarArchive } from "../../engine/drivers/docker/tar-archive.ts";
import type { TestAuthority } from "../support/certificates.ts";
import { IMAGE, removeBroker, removeContainer } from "./broker-container.ts";
import {
  CLUSTER_ID,
  HEADLESS,
  hostOf,
  INITIAL_CONTROLLERS,
  type Node,
  nodeFiles,
  type NodeState,
  NODES,
  PEERS,
} from "./cluster-files.ts";
import { logs } from "./container-probes.ts";

/** Who leads it since when, and how many vote. */
interface Quorum {
  readonly leader: number;
  readonly epoch: number;
  readonly voters: number;
}

export interface Probe {
  readonly code: number | null;
  readonly said: string;
}

const NAME = "kp-image-cluster";
/** Each question makes three exporters work, which are starting up themselves. */
const ASK_EVERY_MS = 1500;

export class TestCluster {
  readonly #docker: Dockerode;
  readonly #authority: TestAuthority;

  constructor(docker: Dockerode, authority: TestAuthority) {
    this.#docker = docker;
    this.#authority = authority;
  }

  async makeNetwork(): Promise<void> {
    await this.#docker.createNetwork({ Name: NAME });
  }

  /** Starts a node, on the disk that it had if there is one. */
  async start(node: Node, state: NodeState = {}): Promise<void> {
    await removeContainer(this.#docker, nameOf(node));
    const container = await this.#docker.createContainer({
      name: nameOf(node),
      // As in a pod, the host's own canonical name is the one that its peers resolve.
      Hostname: `kafka-${node}`,
      Domainname: HEADLESS,
      Image: IMAGE,
      // Its log comes as it was written, not in frames.
      Tty: true,
      Env: [
        "QUORUM_MODE=dynamic",
        `CLUSTER_ID=${CLUSTER_ID}`,
        `INITIAL_CONTROLLERS=${INITIAL_CONTROLLERS}`,
        `PEERS=${PEERS}`,
        "METADATA_VERSION=4.3",
        "KAFKA_HEAP_OPTS=-Xms128m -Xmx224m",
        // Three brokers share the machine with the rest of the tests.
        "SCRAPE_SECONDS=10",
      ],
      Healthcheck: { Test: ["NONE"] },
      HostConfig: {
        ReadonlyRootfs: true,
        Tmpfs: { "/tmp": "rw,exec,nosuid,nodev" },
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges"],
        NetworkMode: NAME,
        Binds: [
          `${nameOf(node)}-data:/var/lib/kafka/data`,
          `${nameOf(node)}-config:/etc/kafka-platform`,
        ],
      },
      NetworkingConfig: { EndpointsConfig: { [NAME]: { Aliases: [hostOf(node)] } } },
    });
    const files = await nodeFiles(this.#authority, node, state);
    await container.putArchive(tarArchive(files), { path: "/etc/kafka-platform" });
    await container.start();
  }

  async stop(node: Node): Promise<void> {
    await this.container(node).stop({ t: 60 });
  }

  /** Takes a node away together with its disk. */
  async wipe(node: Node): Promise<void> {
    await removeBroker(this.#docker, nameOf(node));
  }

  container(node: Node): Dockerode.Container {
    return this.#docker.getContainer(nameOf(node));
  }

  async log(node: Node): Promise<string> {
    return (await logs(this.container(node))).replaceAll("\r\n", "\n");
  }

  /** Runs a script of the image, or a tool, as a probe would: exit code and one line. */
  async run(node: Node, command: readonly string[]): Promise<Probe> {
    const exec = await this.container(node).exec({
      Cmd: [...command],
      Env: ["KAFKA_HEAP_OPTS=-Xmx96m"],
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
    });
    let said = "";
    for await (const chunk of await exec.start({ Tty: true })) said += String(chunk);
    return { code: (await exec.inspect()).ExitCode, said: said.trim() };
  }

  probe(node: Node, script: "startup" | "readiness"): Promise<Probe> {
    return this.run(node, ["bash", `/opt/kafka-platform/${script}.sh`]);
  }

  /** Waits until a node's readiness says so. @throws Error with the last answer and the log's end */
  async until(node: Node, accept: (probe: Probe) => boolean, seconds = 180): Promise<Probe> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { Running } = (await this.container(node).inspect()).State;
      const probe = Running
        ? await this.probe(node, "readiness")
        : { code: null, said: "it has ended" };
      if (accept(probe)) return probe;
      if (!Running || Date.now() > deadline) {
        const log = (await this.log(node)).slice(-3000);
        throw new Error(`kafka-${node} after ${seconds} s: ${probe.said}\n${log}`);
      }
      await sleep(ASK_EVERY_MS);
    }
  }

  /** Waits until every node is ready. */
  async ready(): Promise<void> {
    for (const node of NODES) await this.until(node, ({ code }) => code === 0);
  }

  /** What each node says of the quorum, as far as it says anything yet. */
  async #quorums(): Promise<Quorum[]> {
    return Promise.all(
      NODES.map(async (node) => {
        const text = await this.#metrics(node);
        const gauge = (name: string): number =>
          Number(new RegExp(`^kafka_server_raft_metrics_${name} (\\S+)`, "m").exec(text)?.[1]);
        return {
          leader: gauge("current_leader"),
          epoch: gauge("current_epoch"),
          voters: gauge("number_of_voters"),
        };
      }),
    );
  }

  /** What a node's exporter answers; nothing while it does not. */
  async #metrics(node: Node): Promise<string> {
    const { NetworkSettings } = await this.container(node).inspect();
    const address = NetworkSettings.Networks[NAME]?.IPAddress ?? "";
    return fetch(`http://${address}:9404/metrics`).then(
      (answer) => answer.text(),
      () => "",
    );
  }

  /** Waits until a node has given its leader up: for some seconds it reports the one it knew. */
  async leaderLost(node: Node, seconds = 60): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    const state = /^kafka_server_raft_metrics_current_state\{[^}]*state="([^"]+)"/m;
    for (;;) {
      const said = state.exec(await this.#metrics(node))?.[1] ?? "no answer";
      if (["candidate", "prospective", "unattached", "resigned"].includes(said)) return;
      if (Date.now() > deadline) throw new Error(`kafka-${node} is still: ${said}`);
      await sleep(ASK_EVERY_MS);
    }
  }

  /** Waits until all nodes are voters of one quorum. */
  async oneQuorum(seconds = 120): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const [first, ...others] = await this.#quorums();
      const same = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
      if (same && first?.voters === 3 && first.leader >= 0) return;
      if (Date.now() > deadline) throw new Error(JSON.stringify([first, ...others]));
      await sleep(ASK_EVERY_MS);
    }
  }

  async wipeAll(): Promise<void> {
    await Promise.all(NODES.map((node) => this.wipe(node)));
  }

  async remove(): Promise<void> {
    await this.wipeAll();
    await this.#docker.getNetwork(NAME).remove();
  }
}

const nameOf = (node: Node): string => `${NAME}-${node}`;
