/** An API server with a memory and no controllers: a test plays those itself. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { KubernetesObject, ObjectMeta } from "../../../clients/kubernetes/objects.ts";

export interface Received {
  readonly method: string;
  /** Path and query, decoded. */
  readonly url: string;
  readonly body: Record<string, unknown> | undefined;
}

type Answer = { readonly status: number; readonly body: unknown };
type Handler = (request: Received) => Answer | undefined;

export class FakeKubernetes {
  readonly received: Received[] = [];
  readonly objects = new Map<string, KubernetesObject>();
  /** Answers before the memory does; the first that is not undefined counts. */
  readonly handlers: Handler[] = [];
  readonly #server: Server;
  #uids = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeKubernetes> {
    const server = createServer();
    const fake = new FakeKubernetes(server);
    server.on("request", (request, response) => {
      void receive(request).then((received) => {
        fake.received.push(received);
        const { status, body } = fake.#answer(received);
        const text = typeof body === "string" ? body : JSON.stringify(body);
        response.writeHead(status, { "Content-Type": "application/json" }).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A kubeconfig with the context `fake`, whose user has a token. */
  kubeconfig(server = this.address): string {
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster: { server, "insecure-skip-tls-verify": true } }],
      users: [{ name: "u", user: { token: "a-token" } }],
      contexts: [{ name: "fake", context: { cluster: "c", user: "u" } }],
    });
  }

  /** Puts an object there, as somebody else's. `path` is its URL. */
  put(path: string, object: Record<string, unknown> & { metadata: ObjectMeta }): void {
    this.#uids += 1;
    const metadata = { uid: `uid-${this.#uids}`, ...object.metadata };
    this.objects.set(path, { apiVersion: "", kind: "", ...object, metadata });
  }

  /** Changes what is there, as a controller would. */
  change(path: string, change: (object: KubernetesObject) => Record<string, unknown>): void {
    const object = this.objects.get(path);
    if (object === undefined) throw new Error(`there is no ${path}`);
    this.objects.set(path, { ...object, ...change(object) });
  }

  /** "METHOD path" of what was asked, without queries. */
  get asked(): string[] {
    return this.received.map(({ method, url }) => `${method} ${url.split("?")[0] ?? ""}`);
  }

  #answer(request: Received): Answer {
    for (const handler of this.handlers) {
      const answer = handler(request);
      if (answer !== undefined) return answer;
    }
    const path = request.url.split("?")[0] ?? "";
    if (path === "/version") return { status: 200, body: { gitVersion: "v1.33.0" } };
    const object = this.objects.get(path);
    if (request.method === "PATCH") return this.#apply(path, request, object);
    if (object !== undefined) {
      if (request.method === "DELETE") this.objects.delete(path);
      return { status: 200, body: object };
    }
    if (
      request.method === "GET" &&
      /\/(pods|events|replicasets|services|nodes|resourcequotas|storageclasses|priorityclasses)$/.test(
        path,
      )
    ) {
      const items = [...this.objects].filter(([key]) => key.startsWith(`${path}/`));
      return { status: 200, body: { items: items.map(([, item]) => item) } };
    }
    return failure(404, "NotFound", `${path} not found`);
  }

  #apply(path: string, request: Received, old: KubernetesObject | undefined): Answer {
    const given = request.body as unknown as KubernetesObject;
    const manager = new URL(request.url, "http://x").searchParams.get("fieldManager") ?? "";
    this.#uids += 1;
    const metadata = {
      ...given.metadata,
      uid: old?.metadata.uid ?? `uid-${this.#uids}`,
      generation: (old?.metadata.generation ?? 0) + 1,
      managedFields: [{ manager, operation: "Apply" as const }],
    };
    const object = { ...old, ...given, metadata };
    this.objects.set(path, object);
    return { status: old === undefined ? 201 : 200, body: object };
  }
}

/** An answer as the API server refuses. */
export function failure(
  status: number,
  reason: string,
  message: string,
  details?: unknown,
): Answer {
  return { status, body: { kind: "Status", status: "Failure", reason, message, details } };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    method: request.method ?? "",
    url: decodeURIComponent(request.url ?? ""),
    body: text === "" ? undefined : (JSON.parse(text) as Record<string, unknown>),
  };
}
