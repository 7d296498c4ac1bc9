/** Stand-ins for the JMX exporters of a cluster's nodes, on loopback addresses and one port. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeNode {
  /** BrokerState; 3 is running. */
  readonly broker?: number;
  readonly raft?: string;
  readonly leader?: number;
  readonly underReplicated?: number;
  /** Takes the connection and never answers. */
  readonly hangs?: boolean;
  readonly status?: number;
}

export class FakeExporters {
  port = 0;
  /** What each says; may be changed while they serve. */
  nodes: FakeNode[] = [];
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  readonly #servers: Server[] = [];

  /** Serves each node on its own loopback address, the first one on 127.0.0.1. */
  async serve(nodes: readonly FakeNode[]): Promise<void> {
    await this.close();
    this.asked.length = 0;
    this.nodes = [...nodes];
    for (const index of nodes.keys()) {
      const server = createServer((request, response) => {
        const node = this.nodes[index] ?? {};
        this.asked.push(request.url ?? "");
        if (node.hangs === true) return;
        response.writeHead(node.status ?? 200).end(metrics(node));
      });
      server.listen(index === 0 ? 0 : this.port, `127.0.0.${index + 1}`);
      await once(server, "listening");
      this.#servers.push(server);
      this.port = (server.address() as AddressInfo).port;
    }
  }

  async close(): Promise<void> {
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }
}

/** As agents from 1.0 on write it: doubles, with a comment before each metric. */
function metrics({ broker, raft, leader, underReplicated }: FakeNode): string {
  const samples: Record<string, number | undefined> = {
    kafka_server_kafkaserver_brokerstate: broker,
    [`kafka_server_raft_metrics_current_state{state="${raft ?? ""}"}`]:
      raft === undefined ? raft : 1,
    kafka_server_raft_metrics_current_leader: leader,
    kafka_server_replicamanager_underreplicatedpartitions: underReplicated,
  };
  return Object.entries(samples)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value.toFixed(1)}\n`]))
    .map((sample) => `# TYPE ${sample.split(/[{ ]/)[0] ?? ""} gauge\n${sample}`)
    .join("");
}
