/** One HTTP exchange with an API server, authenticated as the kubeconfig says. */
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { refusal, unreachable } from "./errors.ts";
import { loadKubeconfig, type ClusterTarget } from "./kubeconfig.ts";

export interface Request {
  /** Completes the sentence "cannot …". */
  readonly doing: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
  /** Not repeated when the server, or what is behind it, cannot answer at the moment. */
  readonly once?: boolean;
}

const REQUEST_TIMEOUT_MS = 30_000;
/** An API server that restarts or is overloaded is asked again after these pauses. */
const PAUSES_MS = [250, 1000, 3000, 6000];
const TRANSIENT_CODES = ["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"];
/** Not 500: server-side apply answers a field it does not know with it. */
const TRANSIENT_STATUSES = [429, 502, 503, 504];

interface Answer {
  readonly status: number;
  readonly text: string;
}

export class Connection {
  readonly context: string;
  readonly server: string;
  readonly #config: KubeConfig;
  #answered = false;

  private constructor(config: KubeConfig, context: string) {
    this.#config = config;
    this.context = context;
    this.server = (config.getCurrentCluster()?.server ?? "").replace(/\/$/, "");
  }

  static async open(target: ClusterTarget): Promise<Connection> {
    return new Connection(await loadKubeconfig(target), target.context);
  }

  /** Sockets are kept while requests follow each other; this ends them. */
  async close(): Promise<void> {
    const { agent } = await this.#options("GET");
    if (agent instanceof http.Agent) agent.destroy();
  }

  /** The body of a successful answer. Throws {@link KubernetesError} for anything else. */
  async text(request: Request): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      const pause = this.#answered && !request.once ? PAUSES_MS[attempt] : undefined;
      const outcome = await this.#attempt(request);
      if ("status" in outcome && outcome.status < 300) {
        this.#answered = true;
        return outcome.text;
      }
      if (pause === undefined || !isTransient(outcome)) throw this.#fault(request, outcome);
      await sleep(pause, undefined, { signal: request.signal });
    }
  }

  async json<T>(request: Request): Promise<T> {
    return JSON.parse(await this.text(request)) as T;
  }

  #fault({ doing }: Request, outcome: Answer | { readonly error: unknown }): Error {
    if ("status" in outcome) return refusal(doing, this.context, outcome.status, outcome.text);
    const { error } = outcome;
    if (error instanceof Error && error.name === "AbortError") return error;
    return unreachable(doing, this.context, this.server, error);
  }

  async #attempt(request: Request): Promise<Answer | { readonly error: unknown }> {
    try {
      return await this.#exchange(request);
    } catch (error) {
      return { error };
    }
  }

  async #options(method: string): Promise<https.RequestOptions> {
    const options: https.RequestOptions = { method };
    await this.#config.applyToHTTPSOptions(options);
    if (options.agent instanceof http.Agent) Object.assign(options.agent, { keepAlive: true });
    return options;
  }

  async #exchange(request: Request): Promise<Answer> {
    const url = new URL(this.server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const options = await this.#options(request.method);
    const headers: http.OutgoingHttpHeaders = {
      ...(options.headers as http.OutgoingHttpHeaders | undefined),
      Accept: "application/json",
    };
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    if (body !== undefined) {
      headers["Content-Type"] = request.contentType ?? "application/json";
      headers["Content-Length"] = Buffer.byteLength(body);
    }
    const late = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = request.signal ? AbortSignal.any([request.signal, late]) : late;
    try {
      return await send(url, { ...options, headers, signal }, body);
    } catch (error) {
      if (late.aborted) throw Object.assign(new Error("it does not answer"), { code: "ETIMEDOUT" });
      throw error;
    }
  }
}

function send(url: URL, options: https.RequestOptions, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === "http:" ? http.request : https.request;
    const outgoing = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function isTransient(outcome: Answer | { readonly error: unknown }): boolean {
  if ("status" in outcome) return TRANSIENT_STATUSES.includes(outcome.status);
  const { code } = outcome.error as { code?: string };
  return code !== undefined && TRANSIENT_CODES.includes(code);
}
