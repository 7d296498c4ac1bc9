import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CONTENT_TYPE } from "./exposition.ts";

/** What the exporter answers on each path. */
export interface Pages {
  /** Prometheus' text, piece by piece. */
  readonly metrics: () => Iterable<string>;
  /** What keeps it from being ready; undefined when it is. */
  readonly notReady: () => string | undefined;
  /** Anything else, if it knows the path: the status page. Answers whether it did. */
  readonly other?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** A client that sends its request more slowly than this is cut off. */
const REQUEST_TIMEOUT_MS = 10_000;
const MOST_CONNECTIONS = 50;

/** Serves `/metrics`, `/healthz` (the process answers) and `/readyz` (the last cycle saw the cluster). */
export function serve(pages: Pages): Server {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    void answer(pages, request, response);
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

async function answer(pages: Pages, request: IncomingMessage, response: ServerResponse) {
  const path = request.url?.split("?")[0] ?? "/";
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (request.method !== "GET" && request.method !== "HEAD") {
    plain(response.setHeader("Allow", "GET, HEAD"), 405, "only GET and HEAD are served");
  } else if (path === "/metrics") {
    response.setHeader("Content-Type", CONTENT_TYPE);
    // A scraper that hangs up has had what it wanted.
    await pipeline(Readable.from(pages.metrics()), response).catch(() => undefined);
  } else if (path === "/healthz") {
    plain(response, 200, "ok");
  } else if (path === "/readyz") {
    const reason = pages.notReady();
    plain(response, reason === undefined ? 200 : 503, reason ?? "ok");
  } else if (pages.other?.(request, response) !== true) {
    plain(response, 404, "not found: there are /metrics, /healthz and /readyz");
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
