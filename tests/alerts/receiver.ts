/** Who is called: a webhook that Alertmanager posts to, as a pager's is. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** Ways that a stack tells somebody; each is a path of the receiver. */
export type Way = "calls" | "tickets" | "watchdog";

/** One alert of a message. */
export interface Told {
  /** When it came, in milliseconds of the epoch. */
  readonly at: number;
  readonly way: Way;
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  /** The same of the same alert whenever it fires. */
  readonly fingerprint: string;
}

interface Message {
  readonly alerts: readonly Pick<Told, "status" | "labels" | "fingerprint">[];
}

const isWay = (name: string | undefined): name is Way =>
  name === "calls" || name === "tickets" || name === "watchdog";

export class Receiver {
  /** Everything that came, the oldest first. */
  readonly told: Told[] = [];
  /** Ways that it does not take messages by, as a receiver that is out of order. */
  readonly refused = new Set<Way>();
  readonly #server: Server;
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
    this.#server = createServer((request, response) => {
      void this.#take(request, response);
    });
  }

  /** @param address of this machine that pods reach it at; it takes any free port */
  static async start(address: string): Promise<Receiver> {
    const receiver = new Receiver(address);
    await new Promise<void>((resolve, reject) => {
      receiver.#server.once("error", reject).listen(0, address, resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  url(way: Way): string {
    return `http://${this.#address}:${this.port}/${way}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const way = request.url?.slice(1);
    if (!isWay(way) || this.refused.has(way)) {
      response.writeHead(503).end();
      return;
    }
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { alerts } = JSON.parse(Buffer.concat(chunks).toString()) as Message;
      const at = Date.now();
      this.told.push(
        ...alerts.map(({ status, labels, fingerprint }) => ({
          ...{ at, way, status, labels, fingerprint },
        })),
      );
      response.writeHead(200).end();
    } catch {
      response.writeHead(400).end();
    }
  }
}
